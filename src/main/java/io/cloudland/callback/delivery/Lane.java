package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One worker's deliveries to one endpoint: many resources at once, one attempt at a time per resource, in sequence order; or
 * every delivery by itself, where the endpoint asks for no order: then each is in a line of its own.
 *
 * <p>A resource whose head fails waits and holds back itself alone: it keeps neither a place in the gate nor, where room is
 * scarce, a body in memory. What follows from an attempt is done before anyone is told. Confined to its verticle's context.
 */
final class Lane implements Turns.Owner {

    private final OutcomeClassifier classifier;
    private final EndpointGate gate;
    private final LaneFlow flow;
    private final Window window;
    private final SteadyClock clock;
    private final BooleanSupplier mayStart;
    private final Outcomes outcomes;
    private final Attempts attempts;
    private final CoalescingStep coalescing;
    private final Turns turns;
    private final Ordering ordering;
    private final Map<Object, ResourceQueue> queues = new HashMap<>();
    private boolean closed;
    private Runnable onRoom = () -> {};
    private Runnable afterEach = () -> {};

    Lane(
            String endpoint,
            AttemptSender sender,
            OutcomeClassifier classifier,
            EndpointGate gate,
            LaneFlow flow,
            Window window,
            Ordering ordering,
            Surroundings around) {
        this.ordering = ordering;
        this.classifier = classifier;
        this.gate = gate;
        this.flow = flow;
        this.window = window;
        TimeSource time = around.time();
        this.clock = new SteadyClock(time);
        this.mayStart = around.mayStart();
        this.attempts = new Attempts(sender, time, this::attemptEnded);
        ReadFailures failures = new ReadFailures(endpoint, time);
        ResourceReader reader = new ResourceReader(around.store(), endpoint, window, failures);
        this.coalescing = new CoalescingStep(
                ordering == Ordering.NEWEST, around.store(), around.listeners(), window, reader, failures);
        this.turns =
                new Turns(classifier.retries(), gate, flow, window, reader, coalescing, around.timers(), time, this);
        this.outcomes = new Outcomes(endpoint, around.store(), around.listeners(), this::noted);
    }

    /** Takes in deliveries that the store had ready, in order of acceptance. */
    void accept(List<Delivery> deliveries) {
        if (closed) {
            return;
        }
        clock.look(); // They were recorded just now: a jump after this one does not make them older.
        for (Delivery delivery : deliveries) {
            enqueue(delivery);
        }
        turns.pump();
    }

    private void enqueue(Delivery delivery) {
        ResourceQueue queue = queues.computeIfAbsent(ordering.lineOf(delivery), line -> newQueue(line, delivery));
        if (!queue.takes() || (queue.isWaiting() && window.isHalfFull())) {
            queue.passOver(delivery);
            return;
        }
        queue.add(delivery);
        window.add(delivery);
        if (queue.size() == 1) {
            turns.settle(queue);
        }
        coalescing.grown(queue);
    }

    private ResourceQueue newQueue(Object line, Delivery delivery) {
        window.resourceCame();
        return new ResourceQueue(line, delivery.resource());
    }

    @Override
    public void gone(ResourceQueue queue) {
        queues.remove(queue.line());
        window.resourceWent();
    }

    @Override
    public boolean maySend() {
        return outcomes.hasRoom() && mayStart.getAsBoolean();
    }

    @Override
    public void start(ResourceQueue queue) {
        attempts.start(queue);
    }

    private void attemptEnded(ResourceQueue queue, Attempt attempt) {
        turns.leave(attempt.outcome());
        if (closed) {
            return; // Cut short by our own stop: not an attempt that counts.
        }
        if (AttemptSender.NOT_SENT.equals(attempt.outcome())) {
            flow.notSent(queue.permit());
            turns.putBack(queue);
        } else {
            follow(queue, attempt);
        }
        turns.pump();
        freed();
    }

    /** Does what follows from an attempt that was made. */
    private void follow(ResourceQueue queue, Attempt attempt) {
        Verdict verdict = verdict(queue.head(), attempt);
        if (verdict instanceof Verdict.Delivered) {
            flow.succeeded(queue.permit());
            end(queue, DeliveryState.DELIVERED, ended -> outcomes.delivered(ended, attempt));
        } else if (!counts(queue, attempt.outcome(), verdict)) {
            turns.putBack(queue);
        } else if (verdict instanceof Verdict.Retry retry) {
            retry(queue, attempt, retry.delay());
        } else if (verdict instanceof Verdict.Dead dead) {
            end(queue, DeliveryState.DEAD, ended -> outcomes.dead(ended, attempt, dead.reason()));
        }
    }

    /** What has no body has none at the next attempt either. */
    private Verdict verdict(Delivery delivery, Attempt attempt) {
        return delivery.payload().failure().isPresent()
                ? new Verdict.GivenUp(attempt.outcome().describe())
                : classifier.classify(attempt.outcome(), attempt.number(), () -> ageOf(delivery));
    }

    private boolean counts(ResourceQueue queue, AttemptOutcome outcome, Verdict verdict) {
        boolean blamed = queue.head().payload().failure().isEmpty() && classifier.blamesEndpoint(outcome);
        return flow.failed(queue.permit(), outcome, verdict, blamed);
    }

    private Duration ageOf(Delivery delivery) {
        return clock.since(delivery.event().recordedAt());
    }

    private void retry(ResourceQueue queue, Attempt attempt, Duration delay) {
        Delivery delivery = queue.head();
        Instant due = dueAfter(attempt, delay);
        queue.waitForRetry(delivery.retryAt(due));
        turns.waitFor(queue, delay);
        outcomes.retryAt(delivery, attempt, due);
    }

    /** By the wall clock of the attempt: where that jumped meanwhile, a restart must not take the jump for a part of the pause. */
    private static Instant dueAfter(Attempt attempt, Duration delay) {
        return attempt.startedAt().plus(attempt.took()).plus(delay);
    }

    /**
     * The next one of its resource waits until the store knows how this one ended: after a crash, or once its slot has gone to
     * another node, this one is sent again, and then nothing newer may have gone out.
     *
     * @param tell tells the store; completes, always well, when it knows or cannot
     */
    private void end(ResourceQueue queue, DeliveryState endedAs, Function<Delivery, Future<?>> tell) {
        Delivery ended = queue.end(endedAs);
        window.remove(ended);
        turns.hold(queue);
        turns.readAhead(queue);
        Future<?> known = tell.apply(ended);
        if (known.isComplete()) {
            turns.release(queue);
        } else {
            known.onComplete(late -> letOn(queue));
        }
    }

    private void letOn(ResourceQueue queue) {
        if (!closed) {
            turns.release(queue);
            turns.pump();
            freed();
        }
    }

    private void noted() {
        turns.pump();
        afterEach.run();
    }

    @Override
    public void freed() {
        onRoom.run();
        afterEach.run();
    }

    /** Starts what could not be started while it might not. */
    void goOn() {
        turns.pump();
    }

    /** Starts no attempt any more; what is under way goes on. */
    void stopLaunching() {
        turns.stop();
    }

    /** Forgets everything; outcomes that still come in count for nothing. */
    void close() {
        closed = true;
        turns.close();
        queues.clear();
    }

    /** Runs {@code action} when there may be room in the window again. */
    void onRoom(Runnable action) {
        this.onRoom = action;
    }

    /** Runs {@code action} after every attempt that ended, at last, and when the store has noted all of them. */
    void afterEachAttempt(Runnable action) {
        this.afterEach = action;
    }

    /** How many attempts are under way. */
    int inFlight() {
        return gate.inFlight();
    }

    /** Whether nothing is under way and the store knows how everything went. */
    boolean isAtRest() {
        return gate.inFlight() == 0 && coalescing.isIdle() && outcomes.isNoted();
    }

    /** Whether what waits here does so with no end in sight. */
    boolean isHeld() {
        return flow.isHeld();
    }

    /** Whether every delivery that this lane took in or passed over has ended. */
    boolean isEmpty() {
        return queues.isEmpty();
    }
}
