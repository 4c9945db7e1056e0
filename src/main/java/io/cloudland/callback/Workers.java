package io.cloudland.callback;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.delivery.DeliveryVerticle;
import io.cloudland.callback.delivery.EndpointFlows;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery verticles of one service, and how they are led over to other endpoints or another number of them while the
 * service runs. What is under way ends first; what waits stays in the store until those who come after read it. Confined to
 * the context of the {@link CallbackVerticle}.
 */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger("callback");

    /** Makes a worker. */
    @FunctionalInterface
    interface Factory {
        DeliveryVerticle create(int index, int count, BitSet slots, List<Endpoint> endpoints);
    }

    private record Deployed(DeliveryVerticle verticle, String id) {}

    private final Vertx vertx;
    private final HomeContext home;
    private final EndpointFlows flows;
    private final Factory factory;
    private BitSet slots = new BitSet();
    private List<Deployed> running = List.of();
    private int count;
    private List<Endpoint> endpoints = List.of();
    private Future<?> changing = Future.succeededFuture();

    Workers(Vertx vertx, EndpointFlows flows, Factory factory) {
        this.vertx = vertx;
        this.home = new HomeContext(vertx.getOrCreateContext());
        this.flows = flows;
        this.factory = factory;
    }

    /** @param nodesSlots those of this node */
    Future<?> deploy(CallbackConfig config, BitSet nodesSlots) {
        slots = nodesSlots;
        count = config.workers();
        endpoints = enabled(config);
        return deployAll();
    }

    static List<Endpoint> enabled(CallbackConfig config) {
        return config.endpoints().stream().filter(Endpoint::enabled).toList();
    }

    private Future<?> deployAll() {
        List<Future<Deployed>> all = new ArrayList<>();
        IntStream.range(0, count).forEach(index -> all.add(deploy(factory.create(index, count, slots, endpoints))));
        return Future.all(all)
                .onSuccess(
                        deployed -> running = all.stream().map(Future::result).toList());
    }

    private Future<Deployed> deploy(DeliveryVerticle verticle) {
        return vertx.deployVerticle((Deployable) verticle).map(id -> new Deployed(verticle, id));
    }

    /** Takes over what changed, once the change before is done; says how it ended. */
    void use(CallbackConfig changed) {
        flows.expect(enabled(changed));
        changing = changing.eventually(() -> lead(changed));
    }

    private Future<?> lead(CallbackConfig changed) {
        List<Endpoint> wanted = enabled(changed);
        boolean recount = changed.workers() != count;
        if (!recount && isServedAsBefore(wanted)) {
            return Future.succeededFuture();
        }
        count = changed.workers();
        endpoints = wanted;
        Future<?> led = recount ? useAll(List.of()).compose(left -> replaceAll()) : leadOver();
        return led.onSuccess(done -> log.info("Delivers to {} with {} workers now", names(wanted), count))
                .onFailure(failure -> log.error(
                        "The change of endpoints or workers could not be carried out; nothing accepted is lost, but restart"
                                + " the service",
                        failure));
    }

    /**
     * Works on these slots of the node from now on.
     *
     * @return completes, always well, when nothing is under way any more for any other
     */
    Future<?> own(BitSet nodesSlots) {
        changing = changing.transform(before -> {
            slots = nodesSlots;
            return all(running.stream()
                            .map(worker -> worker.verticle().own(nodesSlots))
                            .toList())
                    .onFailure(failure -> log.error(
                            "The change of this node's slots could not be carried out; nothing accepted is lost, but"
                                    + " restart this node",
                            failure))
                    .otherwiseEmpty();
        });
        return changing;
    }

    private boolean isServedAsBefore(List<Endpoint> wanted) {
        return wanted.size() == endpoints.size()
                && wanted.stream()
                        .allMatch(one -> endpoints.stream()
                                .anyMatch(other -> other.name().equals(one.name()) && other.isServedLike(one)));
    }

    private Future<?> leadOver() {
        flows.use(endpoints, false);
        return useAll(endpoints);
    }

    private Future<?> useAll(List<Endpoint> wanted) {
        return all(running.stream().map(worker -> worker.verticle().use(wanted)).toList());
    }

    /** Completes at home: what a worker's context deploys would be that worker's child, and end with it. */
    private Future<?> all(List<? extends Future<?>> changes) {
        return home.bring(Future.join(changes));
    }

    /** Another number of them shares the slots in another way: all have let go before the first one begins. */
    private Future<?> replaceAll() {
        return all(running.stream().map(worker -> vertx.undeploy(worker.id())).toList())
                .compose(undeployed -> {
                    flows.use(endpoints, true);
                    return deployAll();
                });
    }

    private static List<String> names(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::name).toList();
    }
}
