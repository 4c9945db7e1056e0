package io.cloudland.callback.cluster;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the other services of the cluster that take commands from the same address, and warns where one of them keeps its
 * events in a store of its own: then the commands of one resource are spread over stores that know nothing of each other.
 *
 * <p>Each that starts calls out to all; all that hear it call back. It is on the event bus, so that who can be sent commands is
 * exactly who can be heard.
 */
public final class NeighboursVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("cluster");
    private static final String NODE = "node";
    private static final String STORE = "store";
    private static final String SHARED = "shared";
    private static final String CALL_BACK = "call_back";

    private final String node = UUID.randomUUID().toString();
    private final Set<String> known = new HashSet<>();
    private final String commands;
    private final String address;
    private final String store;
    private final boolean shared;
    private boolean warned;

    /**
     * @param commands the address that takes commands
     * @param store the type of the store, for the warning
     * @param shared whether the nodes share one store
     */
    public NeighboursVerticle(String commands, String store, boolean shared) {
        this.commands = commands;
        this.address = commands + ".neighbours";
        this.store = store;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        return vertx.eventBus().consumer(address, this::heard).completion().onSuccess(listening -> call(true));
    }

    private void call(boolean callBack) {
        vertx.eventBus()
                .publish(
                        address,
                        new JsonObject()
                                .put(NODE, node)
                                .put(STORE, store)
                                .put(SHARED, shared)
                                .put(CALL_BACK, callBack));
    }

    private void heard(Message<Object> message) {
        if (!(message.body() instanceof JsonObject call) || node.equals(call.getValue(NODE))) {
            return;
        }
        if (known.add(String.valueOf(call.getValue(NODE)))) {
            met(String.valueOf(call.getValue(STORE)), Boolean.TRUE.equals(call.getValue(SHARED)));
        }
        if (Boolean.TRUE.equals(call.getValue(CALL_BACK))) {
            call(false);
        }
    }

    private void met(String theirStore, boolean theirsIsShared) {
        log.info("another node takes commands from {} too; its store: {}", commands, theirStore);
        if (warned || (shared && theirsIsShared)) {
            return;
        }
        warned = true;
        log.warn(
                "another node takes commands from {} and does not share a store with this one (here {}, there {}). Nothing that is"
                        + " accepted is lost, but the commands of one resource go now to one node and now to another: order,"
                        + " sequence and previous_status hold within a node only, and a repeated id is known where it was"
                        + " first sent only. Let all share one database ([callback.store] type = \"postgresql\"), or run one"
                        + " service and let the other nodes send",
                commands,
                store,
                theirStore);
    }
}
