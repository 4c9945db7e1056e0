package io.cloudland.callback.cli.demo;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Plays a day of a cloud against the service and a receiver, and keeps account. */
public final class Demo {

    /** How long the day takes. */
    public static final Duration LENGTH = Duration.ofSeconds(7);

    private static final int REFUSED_AT_FIRST = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long CHECK_MILLIS = 50;

    private final Vertx vertx;
    private final Consumer<String> out;
    private final Duration length;
    private final SimulatedCloud cloud;
    private final Stage stage;
    private final List<Step> steps = Day.steps();
    private final DayAccount account;

    private Demo(Vertx vertx, Consumer<String> out, Duration length, SimulatedCloud cloud, Stage stage) {
        this.vertx = vertx;
        this.out = out;
        this.length = length;
        this.cloud = cloud;
        this.stage = stage;
        this.account = new DayAccount(steps, stage.crashes());
        Day.populate(cloud);
    }

    /**
     * A demo with all of it on this Vert.x.
     *
     * @param out gets each line
     * @param length how long the day takes
     */
    public static Demo inOneJvm(Vertx vertx, Consumer<String> out, Duration length) {
        SimulatedCloud cloud = new SimulatedCloud();
        return new Demo(vertx, out, length, cloud, new SameJvm(vertx, cloud));
    }

    /**
     * A demo whose service has a JVM of its own, which is killed in the middle of the day and started again.
     *
     * @param out gets each line
     * @param length how long the day takes
     * @param directory takes the store and the service's log
     */
    public static Demo withCrash(Vertx vertx, Consumer<String> out, Duration length, Path directory) {
        SimulatedCloud cloud = new SimulatedCloud();
        return new Demo(vertx, out, length, cloud, new KilledJvm(vertx, cloud, directory, out));
    }

    /** Runs it. Completes with whether everything arrived, once and in order. */
    public Future<Boolean> run() {
        Promise<Boolean> done = Promise.promise();
        // One context plays the day, so that cloud and account have one owner.
        vertx.getOrCreateContext().runOnContext(start -> play().onComplete(done));
        return done.future();
    }

    private Future<Boolean> play() {
        ReceiverOptions options = ReceiverOptions.onFreePort()
                .withFaults("status=503@first:" + REFUSED_AT_FIRST)
                .withPrinter(out);
        return Receiver.start(vertx, options)
                .compose(receiver -> startService(receiver)
                        .compose(started -> new Player(vertx, steps, length, this::send).play())
                        .compose(played -> everythingArrived(receiver))
                        .map(arrived -> conclude(receiver, arrived)))
                .eventually(stage::close);
    }

    private Future<Void> startService(Receiver receiver) {
        out.accept(stage.text() + " delivers to " + receiver.url() + ", which refuses the first " + REFUSED_AT_FIRST
                + " callbacks. A day of CloudLand commands begins: " + steps.size() + " in about " + length.toSeconds()
                + " s.");
        return stage.open(receiver);
    }

    /** The cloud executes the command, then tells the service, as the platform does. */
    private Future<Void> send(Step step) {
        return stage.before(step).compose(ready -> {
            if (step.error().isEmpty()) {
                cloud.execute(step);
            }
            return stage.send(step.message())
                    .onSuccess(reply -> account.replied(step, reply))
                    .onFailure(failure -> account.failed(step, failure))
                    .transform(answered -> Future.succeededFuture());
        });
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
        out.accept(good ? goodEnd() : "Something is not as it should be.");
        return good;
    }

    private String goodEnd() {
        return stage.crashes()
                ? "All as it should be. Killed with -9 in the middle of the day: lost 0, out of order 0."
                : "All as it should be.";
    }
}
