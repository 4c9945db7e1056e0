package io.cloudland.callback.cli.demo;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.receiver.Receiver;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The service in a JVM of its own with the store on the disk, killed with -9 in the middle of the day and started again.
 * The receiver is away for an hour of the day before, so that there is something to lose. The demo's context owns it.
 */
final class KilledJvm implements Stage {

    private static final String LOOKUP = "cloudland.lookup";
    private static final Instant RECEIVER_AWAY = Day.MIDNIGHT.plus(DayScript.clock("11:00"));
    private static final Instant KILL = Day.MIDNIGHT.plus(DayScript.clock("12:00"));

    private final Vertx vertx;
    private final Context context;
    private final SimulatedCloud cloud;
    private final Path directory;
    private final Consumer<String> out;
    private @Nullable Receiver receiver;
    private @Nullable ServiceJvm service;
    private boolean away;
    private boolean killed;

    KilledJvm(Vertx vertx, SimulatedCloud cloud, Path directory, Consumer<String> out) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.cloud = cloud;
        this.directory = directory;
        this.out = out;
    }

    @Override
    public String text() {
        return "The service, in a JVM of its own with its store in " + directory.resolve("store") + ",";
    }

    @Override
    public Future<Void> open(Receiver to) {
        receiver = to;
        return start(to).mapEmpty();
    }

    private Future<Duration> start(Receiver to) {
        JsonObject callback = new JsonObject()
                .put("url", to.url())
                .put("retry_max", 10)
                .put("retry_interval", 1)
                .put("lookup", new JsonObject().put("type", "event-bus").put("address", LOOKUP))
                .put(
                        "store",
                        new JsonObject()
                                .put("type", "rocksdb")
                                .put("path", directory.resolve("store").toString()));
        ServiceJvm.Setup setup = new ServiceJvm.Setup(
                new JsonObject().put("callback", callback),
                LOOKUP,
                question -> Future.succeededFuture(cloud.answer(question)),
                directory,
                Map.of());
        return vertx.executeBlocking(() -> ServiceJvm.start(context, setup)).compose(started -> {
            service = started;
            return started.up();
        });
    }

    @Override
    public Future<Void> before(Step step) {
        if (!away && !step.at().isBefore(RECEIVER_AWAY)) {
            away = true;
            receiver().setFaults("status=503");
            tell(step, "The receiver goes away: it answers 503 from now on.");
        }
        if (!killed && !step.at().isBefore(KILL)) {
            killed = true;
            return service()
                    .stats()
                    .compose(stats -> kill(step, stats))
                    .compose(dead -> start(receiver()))
                    .compose(took -> service().stats().onSuccess(stats -> back(step, took, stats)))
                    .mapEmpty();
        }
        return Future.succeededFuture();
    }

    private Future<Void> kill(Step step, JsonObject stats) {
        ServiceJvm victim = service();
        tell(
                step,
                "kill -9 " + victim.pid() + ": the service dies with " + stats.getLong("events") + " events accepted, "
                        + stats.getLong("delivered") + " delivered, " + stats.getLong("pending") + " waiting.");
        return vertx.<Void>executeBlocking(() -> {
                    victim.kill();
                    return null;
                })
                .compose(dead -> victim.ended());
    }

    private void back(Step step, Duration took, JsonObject stats) {
        receiver().setFaults("");
        tell(
                step,
                "The service is back after " + took.toMillis() + " ms and still owes " + stats.getLong("pending")
                        + " callbacks. The receiver is back, too.");
    }

    private void tell(Step step, String text) {
        out.accept("--- " + step.clock() + " of the day. " + text);
    }

    private ServiceJvm service() {
        if (service == null) {
            throw new IllegalStateException("the service is not started");
        }
        return service;
    }

    private Receiver receiver() {
        if (receiver == null) {
            throw new IllegalStateException("the stage is not open");
        }
        return receiver;
    }

    @Override
    public Future<JsonObject> send(JsonObject message) {
        return service().command(message);
    }

    @Override
    public boolean crashes() {
        return true;
    }

    @Override
    public Future<Void> close() {
        ServiceJvm last = service;
        return last == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    last.close();
                    return null;
                });
    }
}
