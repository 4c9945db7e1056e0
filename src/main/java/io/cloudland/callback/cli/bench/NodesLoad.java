package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.receiver.Receiver;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps every node supplied with commands: as many as the receiver has not had yet stay under a bound. One context owns it. */
final class NodesLoad {

    private static final long TICK_MILLIS = 5;
    private static final int MAX_UNANSWERED = 64;
    private static final int MAX_OWED_PER_NODE = 2_000;
    private static final int RESOURCES = 5_000;

    private final Vertx vertx;
    private final Context context;
    private final Receiver receiver;
    private final List<ServiceJvm> nodes;
    private long sent;
    private long unanswered;
    private final AtomicLong accepted = new AtomicLong();
    private long timer;

    NodesLoad(Vertx vertx, Receiver receiver, List<ServiceJvm> nodes) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.receiver = receiver;
        this.nodes = nodes;
    }

    void begin() {
        context.runOnContext(turn -> timer = vertx.setPeriodic(TICK_MILLIS, tick -> pump()));
    }

    private void pump() {
        long owed = sent - receiver.report().unique();
        while (unanswered < (long) MAX_UNANSWERED * nodes.size() && owed++ < (long) MAX_OWED_PER_NODE * nodes.size()) {
            unanswered++;
            nodes.get((int) (sent % nodes.size()))
                    .command(command(++sent))
                    .onSuccess(reply -> accepted.incrementAndGet())
                    .onComplete(answered -> unanswered--);
        }
    }

    private static JsonObject command(long number) {
        long id = 1 + number % RESOURCES;
        return new JsonObject()
                .put("command", "action_vm")
                .put("args", JsonArray.of("action_vm", Long.toString(id), "running"))
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", new UUID(0, id).toString())
                                .put("status", "running")
                                .put("metadata", new JsonObject().put("hostname", "vm-" + id)));
    }

    /** Sends nothing more; returns when every command has its answer. */
    void end() {
        Promise<Void> ended = Promise.promise();
        context.runOnContext(turn -> {
            vertx.cancelTimer(timer);
            vertx.setPeriodic(TICK_MILLIS, tick -> endedIfAnswered(tick, ended));
        });
        ended.future().await();
    }

    private void endedIfAnswered(long tick, Promise<Void> ended) {
        if (unanswered == 0) {
            vertx.cancelTimer(tick);
            ended.tryComplete();
        }
    }

    /** How many commands were acknowledged. Any thread. */
    long accepted() {
        return accepted.get();
    }
}
