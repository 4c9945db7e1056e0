package io.cloudland.callback.cli.bench;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** An endpoint in the process of the sender: it answers in the loop's next turn and keeps account of the order. */
final class BacklogEndpoint {

    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "");

    private final long[] lastSequence; // By instance id; each is touched by the one worker of its slot.
    private final long failingUntil;
    private final CountDownLatch first = new CountDownLatch(1);
    private final LongAdder outOfOrder = new LongAdder();
    private final LongAdder failed = new LongAdder();

    BacklogEndpoint(int resources, Duration failing) {
        this.lastSequence = new long[resources + 1];
        this.failingUntil = System.nanoTime() + failing.toNanos();
    }

    AttemptSender sender() {
        Context loop = Vertx.currentContext();
        return new AttemptSender() {
            @Override
            public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
                AttemptOutcome outcome = take(delivery);
                Promise<AttemptOutcome> answer = Promise.promise();
                loop.runOnContext(ignored -> answer.complete(outcome));
                return answer.future();
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    private AttemptOutcome take(Delivery delivery) {
        first.countDown();
        if (System.nanoTime() - failingUntil < 0) {
            failed.increment();
            return BUSY;
        }
        int resource = (int) delivery.resource().id();
        if (delivery.event().sequence() != ++lastSequence[resource]) {
            outOfOrder.increment();
        }
        return OK;
    }

    void awaitFirst() throws InterruptedException {
        first.await();
    }

    long outOfOrder() {
        return outOfOrder.sum();
    }

    long failed() {
        return failed.sum();
    }
}
