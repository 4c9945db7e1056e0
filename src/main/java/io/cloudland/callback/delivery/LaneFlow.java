package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.Verdict.EndpointGone;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One lane's door to its endpoint: shut while the {@link EndpointFlow} has it so. Wakes the lane, on the lane's own context,
 * when it may be open again. Confined to that context but for {@link #wake}.
 */
final class LaneFlow {

    private final EndpointFlow flow;
    private final Executor loop;
    private final Timers timers;
    private final TimeSource time;
    private final int lane;
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Runnable wake = this::wake;
    private Runnable onWake = () -> {};
    private Timers.@Nullable Cancellable timer;
    private long timerNanos;
    private boolean closed;

    /**
     * @param loop runs something on the lane's context
     */
    LaneFlow(EndpointFlow flow, Executor loop, Timers timers, TimeSource time) {
        this.flow = flow;
        this.loop = loop;
        this.timers = timers;
        this.time = time;
        this.lane = flow.join(wake);
    }

    /** Runs {@code action} too when something may be started again. */
    void onWake(Runnable action) {
        Runnable others = onWake;
        this.onWake = () -> {
            others.run();
            action.run();
        };
    }

    /** What all lanes to this endpoint share. */
    EndpointFlow shared() {
        return flow;
    }

    /** Whether an attempt may start now. Where not, the lane is woken when that may have changed. */
    boolean isOpen() {
        if (flow.isFree()) {
            return true;
        }
        long wait = flow.waitNanos(lane);
        if (wait > 0 && wait != FlowRules.UNTIL_TOLD) {
            wakeIn(wait);
        }
        return wait == 0;
    }

    /** Lets an attempt start; see {@link EndpointFlow#tryStart}. */
    long tryStart() {
        return flow.tryStart(lane);
    }

    /** Whether what waits does so with no end in sight. */
    boolean isHeld() {
        return flow.isHeld();
    }

    /** Tells the endpoint's flow that it took an event. */
    void succeeded(long permit) {
        flow.succeeded(permit);
    }

    /**
     * Tells the endpoint's flow of an attempt that did not deliver.
     *
     * @param permit what {@link #tryStart} gave it
     * @return whether it counts for its delivery; where not, that one is pending as if it had not been tried
     */
    boolean failed(long permit, AttemptOutcome outcome, Verdict verdict, boolean blamesEndpoint) {
        Duration patience = OutcomeClassifier.askedFor(outcome);
        if (!patience.isZero()) {
            flow.pause(patience, outcome.describe());
        }
        if (verdict instanceof EndpointGone gone) {
            flow.gone(permit, gone.reason());
            return false;
        }
        if (blamesEndpoint) {
            return flow.failed(permit, outcome.describe());
        }
        flow.answered(permit);
        return true;
    }

    /** Tells the endpoint's flow that an attempt was not sent after all. */
    void notSent(long permit) {
        flow.notSent(permit);
    }

    private void wakeIn(long nanos) {
        long due = time.nanoTime() + nanos;
        if (timer != null && timerNanos - due <= 0) {
            return; // One that comes earlier looks again.
        }
        cancel();
        timerNanos = due;
        timer = timers.schedule(Duration.ofNanos(nanos), this::timeHasCome);
    }

    private void timeHasCome() {
        timer = null;
        onWake.run();
    }

    /** May be called from any thread; several calls before the lane runs are one. */
    private void wake() {
        if (waking.compareAndSet(false, true)) {
            try {
                loop.execute(this::woken);
            } catch (RuntimeException stopped) {
                waking.set(false); // A loop that takes nothing has nothing to wake.
            }
        }
    }

    private void woken() {
        waking.set(false); // Before the lane looks: a change from here on wakes it anew.
        if (!closed) {
            onWake.run();
        }
    }

    void close() {
        closed = true;
        flow.leave(wake);
        cancel();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
