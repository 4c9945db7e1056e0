package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's deliveries to one endpoint: many resources at once, one attempt at a time per resource, in sequence order.
 *
 * <p>A resource whose head fails waits by a timer and holds back itself alone. Confined to its verticle's context.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger("delivery");

    private final EventStore store;
    private final AttemptSender sender;
    private final OutcomeClassifier classifier;
    private final EndpointGate gate;
    private final Timers timers;
    private final TimeSource time;
    private final DeliveryListener listener;

    private final Map<ResourceRef, ResourceQueue> queues = new HashMap<>();
    private final Deque<ResourceQueue> ready = new ArrayDeque<>();
    private int open;
    private boolean launching = true;
    private boolean closed;
    private Runnable afterEach = () -> {};

    Lane(
            EventStore store,
            AttemptSender sender,
            OutcomeClassifier classifier,
            EndpointGate gate,
            Timers timers,
            TimeSource time,
            DeliveryListener listener) {
        this.store = store;
        this.sender = sender;
        this.classifier = classifier;
        this.gate = gate;
        this.timers = timers;
        this.time = time;
        this.listener = listener;
    }

    /** Takes in deliveries that the store had ready, in order of acceptance. */
    void accept(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            enqueue(delivery);
        }
        pump();
    }

    private void enqueue(Delivery delivery) {
        ResourceQueue queue = queues.computeIfAbsent(delivery.resource(), ResourceQueue::new);
        queue.add(delivery);
        open++;
        if (queue.size() == 1) {
            readyWhenDue(queue);
        }
    }

    private void readyWhenDue(ResourceQueue queue) {
        if (queue.head().attemptsMade() == 0) {
            ready.addLast(queue); // A first attempt is always due.
            return;
        }
        Duration wait = Duration.between(time.now(), queue.head().notBefore());
        if (wait.isNegative() || wait.isZero()) {
            ready.addLast(queue);
        } else {
            timers.schedule(wait, () -> retryDue(queue));
        }
    }

    private void retryDue(ResourceQueue queue) {
        ready.addLast(queue);
        pump();
    }

    private void pump() {
        while (launching && !ready.isEmpty() && gate.tryEnter()) {
            launch(ready.removeFirst());
        }
    }

    private void launch(ResourceQueue queue) {
        queue.start();
        Instant startedAt = time.now();
        long startedNanos = time.nanoTime();
        int number = queue.head().attemptsMade() + 1;
        send(queue.head(), number).onComplete(ended -> {
            Duration took = Duration.ofNanos(time.nanoTime() - startedNanos);
            attemptEnded(queue, new Attempt(number, startedAt, took, outcomeOf(ended)));
        });
    }

    private Future<AttemptOutcome> send(Delivery delivery, int number) {
        try {
            return sender.send(delivery, number);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect); // The place in the gate and the queue's head must not be lost to it.
        }
    }

    private static AttemptOutcome outcomeOf(AsyncResult<AttemptOutcome> ended) {
        return ended.succeeded()
                ? ended.result()
                : new AttemptOutcome.Failed("internal error while sending: " + ended.cause());
    }

    private void attemptEnded(ResourceQueue queue, Attempt attempt) {
        gate.leave();
        if (closed) {
            return; // Cut short by our own stop: not an attempt that counts.
        }
        Verdict verdict = classifier.classify(attempt.outcome(), attempt.number());
        if (verdict instanceof Verdict.Delivered) {
            delivered(queue, attempt);
        } else if (verdict instanceof Verdict.Retry retry) {
            retry(queue, attempt, retry.delay());
        } else if (verdict instanceof Verdict.Dead dead) {
            dead(queue, attempt, dead.reason());
        }
        pump();
        afterEach.run();
    }

    private void delivered(ResourceQueue queue, Attempt attempt) {
        Delivery delivery = queue.head();
        store.delivered(delivery, attempt).onFailure(failure -> notNoted(delivery, failure));
        listener.delivered(delivery, attempt);
        next(queue, DeliveryState.DELIVERED);
    }

    private void retry(ResourceQueue queue, Attempt attempt, Duration delay) {
        Delivery delivery = queue.head();
        Instant due = time.now().plus(delay);
        store.retryAt(delivery, attempt, due).onFailure(failure -> notNoted(delivery, failure));
        listener.retryScheduled(delivery, attempt, due);
        queue.waitForRetry(delivery.retryAt(due));
        timers.schedule(delay, () -> retryDue(queue));
    }

    /** The next one of its resource waits until this is kept: after a crash in between this one would be sent behind it. */
    private void dead(ResourceQueue queue, Attempt attempt, String reason) {
        Delivery delivery = queue.head();
        Future<Void> kept = store.dead(delivery, attempt, reason).onFailure(failure -> notNoted(delivery, failure));
        listener.dead(delivery, attempt, reason);
        kept.onComplete(noted -> buried(queue));
    }

    private void buried(ResourceQueue queue) {
        if (!closed) {
            next(queue, DeliveryState.DEAD);
            pump();
            afterEach.run();
        }
    }

    private void next(ResourceQueue queue, DeliveryState endedAs) {
        queue.end(endedAs);
        open--;
        if (queue.isEmpty()) {
            queues.remove(queue.resource());
        } else {
            readyWhenDue(queue);
        }
    }

    private static void notNoted(Delivery delivery, Throwable failure) {
        log.warn(
                "The store could not note how {} went: {}; it is sent again after a restart",
                delivery,
                failure.toString());
    }

    /** Starts no attempt any more; what is under way goes on. */
    void stopLaunching() {
        launching = false;
    }

    /** Forgets everything; outcomes that still come in count for nothing. */
    void close() {
        launching = false;
        closed = true;
        ready.clear();
        queues.clear();
    }

    /** Runs {@code action} after every attempt that ended. */
    void afterEachAttempt(Runnable action) {
        this.afterEach = action;
    }

    int inFlight() {
        return gate.inFlight();
    }

    /** How many deliveries this lane holds that have not ended. */
    int open() {
        return open;
    }
}
