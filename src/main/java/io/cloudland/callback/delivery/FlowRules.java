package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.FlowState.Failing;
import io.cloudland.callback.delivery.FlowState.Hold;
import io.cloudland.callback.delivery.FlowState.Parked;
import io.cloudland.callback.delivery.FlowState.Pause;
import io.cloudland.callback.delivery.FlowState.Recovery;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.time.Backoff;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides when an endpoint may be sent to, and what follows for it from how attempts end. Pure.
 *
 * @param maxInFlight how many attempts may be under way at once, over all workers
 */
record FlowRules(FlowSettings settings, int maxInFlight) {

    /** Nothing may be started before the state changes. */
    static final long UNTIL_TOLD = Long.MAX_VALUE;

    /** So much longer waits the lane that probed last: its event may be what fails, so others go first. */
    static final Duration AFTER_YOU = Duration.ofMillis(100);

    /** How long that lane must wait before it may start an attempt; 0 for not at all. */
    long waitNanos(FlowState state, int lane, long nowNanos) {
        if (state.byHand() != null || state.stopped() != null || !state.hasConsent()) {
            return UNTIL_TOLD;
        }
        long paused = state.pause() == null ? 0 : state.pause().until().waitNanos(nowNanos);
        if (state.parked() != null) {
            return Math.max(paused, untilProbe(state.parked(), lane, nowNanos));
        }
        Recovery recovery = state.recovery();
        return recovery != null && recovery.underWay() >= recovery.limit() ? UNTIL_TOLD : paused;
    }

    private static long untilProbe(Parked parked, int lane, long nowNanos) {
        if (parked.probing()) {
            return UNTIL_TOLD;
        }
        Moment next = lane == parked.lastLane() ? parked.next().plus(AFTER_YOU) : parked.next();
        return next.waitNanos(nowNanos);
    }

    /** A lane that need not wait starts an attempt. */
    FlowState started(FlowState state, int lane) {
        FlowState on = state.paused(null); // It has passed.
        if (state.parked() != null) {
            return on.with(state.parked().probedBy(lane));
        }
        return state.recovery() != null ? on.with(state.recovery().entered()) : on;
    }

    /** The endpoint took an event. Where it was parked it is back, whoever's attempt that was. */
    FlowState succeeded(FlowState state, long epoch) {
        if (state.parked() != null) {
            return state.backWith(
                    maxInFlight == 1 ? null : new Recovery(1, 0, state.parked().probes()));
        }
        FlowState fine = state.with((Failing) null);
        Recovery recovery = state.recovery();
        if (recovery == null || epoch != state.epoch()) {
            return fine;
        }
        return fine.with(recovery.limit() + 1 >= maxInFlight ? null : recovery.grown());
    }

    /** An attempt failed for which the endpoint is to blame. */
    FlowState failed(FlowState state, long epoch, String why, Moment now) {
        FlowState once = state.with(oneMore(state.failing(), now));
        if (state.parked() != null) {
            return epoch == state.epoch() ? once.with(probeFailed(state.parked(), now)) : once;
        }
        FlowState slower = state.recovery() != null && epoch == state.epoch()
                ? once.with(state.recovery().halved())
                : once;
        return mustPark(slower) ? parked(slower, why, now) : slower;
    }

    private static Failing oneMore(@Nullable Failing failing, Moment now) {
        return failing == null ? new Failing(1, now) : new Failing(failing.count() + 1, failing.since());
    }

    private Parked probeFailed(Parked parked, Moment now) {
        return parked.probeFailed(now.plus(pauseAfter(parked.probes() + 1)));
    }

    private Duration pauseAfter(int probes) {
        return new Backoff(settings.probeInterval(), settings.probeIntervalMax()).after(probes + 1);
    }

    private boolean mustPark(FlowState state) {
        return settings.parkAfterFailures() > 0
                && state.failures() >= settings.parkAfterFailures()
                && state.stopped() == null;
    }

    /** One that fails again before it is all there goes on with the pauses it had. */
    private FlowState parked(FlowState state, String why, Moment now) {
        int probes = state.recovery() == null ? 0 : state.recovery().probes();
        Moment next = now.plus(pauseAfter(probes));
        return state.parkedAs(new Parked(now, why, state.failures(), probes, next, false, -1));
    }

    /** An attempt ended with the endpoint's word about that one event: it says nothing of the others. */
    FlowState answered(FlowState state, long epoch, Moment now) {
        return left(state, epoch, parked -> probeFailed(parked, now));
    }

    /** An attempt that was let through has not been sent after all. */
    FlowState notSent(FlowState state, long epoch) {
        return left(state, epoch, Parked::notProbed);
    }

    /** An attempt gives back what it was let through with; where it was the probe, that becomes of the parking. */
    private static FlowState left(FlowState state, long epoch, UnaryOperator<Parked> probe) {
        if (epoch != state.epoch()) {
            return state;
        }
        if (state.parked() != null) {
            return state.with(probe.apply(state.parked()));
        }
        return state.recovery() != null ? state.with(state.recovery().left()) : state;
    }

    /** The endpoint asked for patience; of two pauses that one counts that ends later. */
    FlowState paused(FlowState state, Duration patience, String why, Moment now) {
        Moment until = now.plus(patience);
        Pause pause = state.pause();
        if (pause != null && !until.isAfter(pause.until())) {
            return state;
        }
        Moment since = pause == null || now.isAfter(pause.until()) ? now : pause.since();
        return state.paused(new Pause(since, until, why));
    }

    /** The endpoint said that it is gone. */
    FlowState gone(FlowState state, long epoch, String why, Moment now) {
        FlowState left = answered(state, epoch, now);
        return left.stopped() == null ? left.stopped(new Hold(now, why)) : left;
    }

    FlowState pausedByHand(FlowState state, Moment now) {
        return state.byHand() == null ? state.byHand(new Hold(now, "paused by hand")) : state;
    }

    /** Whatever holds it back is lifted by hand; one that is parked is tried at once, and so is one that has not agreed. */
    FlowState resumed(FlowState state, Moment now) {
        FlowState lifted = state.byHand(null).stopped(null).paused(null);
        FlowState on = state.consent() instanceof Consent.Wanted wanted ? lifted.with(wanted.againAt(now)) : lifted;
        return state.parked() == null ? on : on.with(state.parked().probedAt(now));
    }

    /** Its configuration has changed: it may be there again. */
    FlowState reconfigured(FlowState state) {
        return state.stopped(null);
    }
}
