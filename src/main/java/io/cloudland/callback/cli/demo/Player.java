package io.cloudland.callback.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Sends the steps of a day one after the other, each at its time of the shortened day or as soon as it can after it. */
final class Player {

    private static final Duration DAY = Duration.ofHours(24);

    private final Vertx vertx;
    private final List<Step> steps;
    private final Duration length;
    private final Function<Step, Future<Void>> send;
    private final Promise<Void> played = Promise.promise();
    private final long startNanos = System.nanoTime();

    Player(Vertx vertx, List<Step> steps, Duration length, Function<Step, Future<Void>> send) {
        this.vertx = vertx;
        this.steps = steps;
        this.length = length;
        this.send = send;
    }

    /** Completes when the last step was answered. */
    Future<Void> play() {
        next(0);
        return played.future();
    }

    private void next(int index) {
        if (index == steps.size()) {
            played.complete();
        } else {
            vertx.setTimer(
                    pauseMillis(steps.get(index)),
                    due -> send.apply(steps.get(index))
                            .onSuccess(answered -> next(index + 1))
                            .onFailure(played::tryFail));
        }
    }

    private long pauseMillis(Step step) {
        double share = (double) Duration.between(Day.MIDNIGHT, step.at()).toMillis() / DAY.toMillis();
        long dueMillis = (long) (share * length.toMillis());
        return Math.max(1, dueMillis - (System.nanoTime() - startNanos) / 1_000_000);
    }
}
