package io.cloudland.callback.cli.demo;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Plays a day of a cloud against the service and a receiver, all on one Vert.x, and keeps account. */
public final class Demo {

    /** How long the day takes. */
    public static final Duration LENGTH = Duration.ofSeconds(7);

    private static final String SERVICE = "io.cloudland.callback.CallbackVerticle";
    private static final String COMMANDS = "callback.commands";
    private static final String LOOKUP = "cloudland.lookup";
    private static final int REFUSED_AT_FIRST = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long CHECK_MILLIS = 50;

    private final Vertx vertx;
    private final Consumer<String> out;
    private final Duration length;
    private final SimulatedCloud cloud = new SimulatedCloud();
    private final List<Step> steps = Day.steps();
    private final DayAccount account = new DayAccount(steps);

    /**
     * A demo on this Vert.x.
     *
     * @param out gets each line
     * @param length how long the day takes
     */
    public Demo(Vertx vertx, Consumer<String> out, Duration length) {
        this.vertx = vertx;
        this.out = out;
        this.length = length;
        Day.populate(cloud);
    }

    /** Runs it. Completes with whether everything arrived, once and in order. */
    public Future<Boolean> run() {
        Promise<Boolean> done = Promise.promise();
        // One context plays the day, so that cloud and account have one owner.
        vertx.getOrCreateContext().runOnContext(start -> play().onComplete(done));
        return done.future();
    }

    private Future<Boolean> play() {
        vertx.eventBus().consumer(LOOKUP, cloud::answer);
        ReceiverOptions options = ReceiverOptions.onFreePort()
                .withFaults("status=503@first:" + REFUSED_AT_FIRST)
                .withPrinter(out);
        return Receiver.start(vertx, options)
                .compose(receiver -> startService(receiver)
                        .compose(started -> new Player(vertx, steps, length, this::send).play())
                        .compose(played -> everythingArrived(receiver))
                        .map(arrived -> conclude(receiver, arrived)));
    }

    private Future<String> startService(Receiver receiver) {
        out.accept("The service delivers to " + receiver.url() + ", which refuses the first " + REFUSED_AT_FIRST
                + " callbacks. A day of CloudLand commands begins: " + steps.size() + " in about " + length.toSeconds()
                + " s.");
        JsonObject callback = new JsonObject()
                .put("url", receiver.url())
                .put("retry_interval", 1)
                .put("store", new JsonObject().put("type", "memory"))
                .put("lookup", new JsonObject().put("type", "event-bus").put("address", LOOKUP));
        return vertx.deployVerticle(
                SERVICE, new DeploymentOptions().setConfig(new JsonObject().put("callback", callback)));
    }

    /** The cloud executes the command, then tells the service, as the platform does. */
    private Future<Void> send(Step step) {
        if (step.error().isEmpty()) {
            cloud.execute(step);
        }
        return vertx.eventBus()
                .<JsonObject>request(COMMANDS, step.message())
                .onSuccess(reply -> account.replied(step, reply.body()))
                .onFailure(failure -> account.failed(step, failure))
                .transform(answered -> Future.succeededFuture());
    }

    /** Completes with true as soon as nothing is missing, with false when patience ends. */
    private Future<Boolean> everythingArrived(Receiver receiver) {
        Promise<Boolean> arrived = Promise.promise();
        long patience = vertx.setTimer(PATIENCE.toMillis(), ended -> arrived.tryComplete(false));
        long checks = vertx.setPeriodic(CHECK_MILLIS, check -> {
            if (account.lost(receiver) == 0) {
                arrived.tryComplete(true);
            }
        });
        return arrived.future().onComplete(end -> {
            vertx.cancelTimer(patience);
            vertx.cancelTimer(checks);
        });
    }

    private boolean conclude(Receiver receiver, boolean arrived) {
        account.lines(receiver, REFUSED_AT_FIRST).forEach(out);
        if (!arrived) {
            out.accept("Not everything arrived within " + PATIENCE.toSeconds() + " s of the day's end.");
        }
        boolean good = arrived && account.isGood(receiver);
        out.accept(good ? "All as it should be." : "Something is not as it should be.");
        return good;
    }
}
