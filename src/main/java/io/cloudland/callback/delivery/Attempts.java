package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Sends the heads of resources and measures how that went; each attempt ends exactly once, whatever the sender does. */
final class Attempts {

    private final AttemptSender sender;
    private final TimeSource time;
    private final BiConsumer<ResourceQueue, Attempt> ended;

    /**
     * @param ended hears of every attempt that was started
     */
    Attempts(AttemptSender sender, TimeSource time, BiConsumer<ResourceQueue, Attempt> ended) {
        this.sender = sender;
        this.time = time;
        this.ended = ended;
    }

    void start(ResourceQueue queue) {
        queue.start();
        Instant startedAt = time.now();
        long startedNanos = time.nanoTime();
        int number = queue.head().attemptsMade() + 1;
        send(queue.head(), number, startedAt).onComplete(result -> {
            Duration took = Duration.ofNanos(time.nanoTime() - startedNanos);
            ended.accept(queue, new Attempt(number, startedAt, took, outcomeOf(result)));
        });
    }

    private Future<AttemptOutcome> send(Delivery delivery, int number, Instant startedAt) {
        Optional<String> unrendered = delivery.payload().failure();
        if (unrendered.isPresent()) {
            return Future.succeededFuture(new AttemptOutcome.Failed("not sent, " + unrendered.get()));
        }
        try {
            return sender.send(delivery, number, startedAt);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect); // The place in the gate and the queue's head must not be lost to it.
        }
    }

    private static AttemptOutcome outcomeOf(AsyncResult<AttemptOutcome> ended) {
        return ended.succeeded()
                ? ended.result()
                : new AttemptOutcome.Failed("internal error while sending: " + ended.cause());
    }
}
