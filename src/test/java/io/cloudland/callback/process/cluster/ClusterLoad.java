package io.cloudland.callback.process.cluster;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Sends commands to every node at a steady rate, for resources that are picked at random: those of one resource come in by all
 * nodes. A command whose answer is lost is not sent again. Its Vert.x's one context owns it.
 */
final class ClusterLoad {

    private static final long TICK_MILLIS = 20;
    private static final int PER_TICK = 2;
    private static final int MAX_UNANSWERED = 64;
    private static final int RESOURCES = 300;

    private final Vertx vertx;
    private final ClusterAccount account;
    private final Random random = new Random(7);
    private final Map<String, Sender> senders = new HashMap<>();
    private long commands;

    ClusterLoad(Vertx vertx, ClusterAccount account) {
        this.vertx = vertx;
        this.account = account;
    }

    private static final class Sender {
        private long timer;
        private int unanswered;
    }

    /** Sends to this node from now on. */
    void begin(String node, ServiceJvm service) {
        Sender sender = new Sender();
        sender.timer = vertx.setPeriodic(TICK_MILLIS, tick -> pump(sender, service));
        senders.put(node, sender);
    }

    /** Sends nothing to this node any more. */
    void end(String node) {
        vertx.cancelTimer(senders.get(node).timer);
    }

    private void pump(Sender sender, ServiceJvm service) {
        for (int i = 0; i < PER_TICK && sender.unanswered < MAX_UNANSWERED; i++) {
            sender.unanswered++;
            account.sent();
            service.command(command())
                    .onComplete(reply -> account.acknowledged(ids(reply)), account::failed)
                    .onComplete(answered -> sender.unanswered--);
        }
    }

    private static JsonArray ids(JsonObject reply) {
        return reply.getJsonArray("event_ids", new JsonArray());
    }

    private JsonObject command() {
        return command(1 + random.nextInt(RESOURCES), "running-" + ++commands);
    }

    /** A command that puts that instance into that state, with its snapshot. */
    static JsonObject command(int id, String status) {
        return new JsonObject()
                .put("command", "action_vm")
                .put("args", JsonArray.of("action_vm", Integer.toString(id), status))
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", new UUID(0, id).toString())
                                .put("status", status)
                                .put("metadata", new JsonObject().put("hostname", "vm-" + id)));
    }
}
