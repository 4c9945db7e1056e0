package io.cloudland.callback.delivery;

import io.cloudland.callback.http.HandshakeAnswer;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What holds back or slows one endpoint, shared by the lanes of all workers. Any thread; while nothing does, asking costs
 * one volatile read.
 */
final class EndpointFlow {

    /** Let through without being counted. */
    static final long FREE = 0;

    /** Not let through. */
    static final long REFUSED = -1;

    private final Endpoint endpoint;
    private final FlowRules rules;
    private final TimeSource time;
    private final FlowLog log;
    private final HandshakeRules handshakes;
    private final List<Runnable> lanes = new CopyOnWriteArrayList<>();
    private final AtomicInteger firstToWake = new AtomicInteger();
    private int joined;
    private final LongSupplier pending;
    private final RateLimit rate;
    private volatile FlowState state; // Changed under the lock of this.
    private boolean followed;

    /**
     * Of an endpoint that nothing has been sent to yet.
     *
     * @param pending how many deliveries wait, for who reads that the endpoint is back
     */
    EndpointFlow(Endpoint endpoint, FlowState state, TimeSource time, LongSupplier pending) {
        this(endpoint, state, new RateLimit(), time, pending);
    }

    private EndpointFlow(Endpoint endpoint, FlowState state, RateLimit rate, TimeSource time, LongSupplier pending) {
        this.endpoint = endpoint;
        this.state = state;
        this.rules = new FlowRules(endpoint.flow(), endpoint.maxInFlight());
        this.time = time;
        this.log = new FlowLog(endpoint, pending);
        this.handshakes = new HandshakeRules(endpoint.flow());
        this.pending = pending;
        this.rate = rate;
        keepRate(state.consent());
    }

    /** Keeps both the endpoint's own limit and what it allowed. Until it has agreed nothing is sent: what was kept stays. */
    private void keepRate(Consent consent) {
        if (consent instanceof Consent.Given given && !followed) {
            rate.keep(endpoint.flow().rateLimit(), given.perMinute(), time.nanoTime());
        }
    }

    /**
     * For the lanes that come after those of now; the endpoint may have become another one. The rate is shared, because the
     * lanes of now go on until they have been told.
     */
    synchronized EndpointFlow followedBy(Endpoint next) {
        followed = true;
        return new EndpointFlow(next, stateFor(next), rate, time, pending);
    }

    private FlowState stateFor(Endpoint next) {
        return next.isServedLike(endpoint)
                ? state.forOtherLanes()
                : new HandshakeRules(next.flow()).begun(state.forOtherEndpoint(), Moment.now(time));
    }

    /** What it is like for an endpoint that nothing is known of yet. */
    static FlowState firstStateOf(Endpoint endpoint, TimeSource time) {
        return new HandshakeRules(endpoint.flow()).begun(FlowState.OPEN, Moment.now(time));
    }

    boolean serves(Endpoint next) {
        return next.isServedLike(endpoint);
    }

    /**
     * A lane joins.
     *
     * @param wake called on any thread when there may be something to start again
     * @return the lane's number
     */
    synchronized int join(Runnable wake) {
        lanes.add(wake);
        return joined++;
    }

    /** That lane is woken no more. */
    void leave(Runnable wake) {
        lanes.remove(wake);
    }

    /** Whether every attempt may start, without asking further. */
    boolean isFree() {
        return rate.isUnlimited() && state.isFree();
    }

    /** Whether deliveries wait with no end in sight. */
    boolean isHeld() {
        return state.isHeld();
    }

    /** How long that lane must wait before it may start an attempt, {@link FlowRules#UNTIL_TOLD} until it is woken. */
    synchronized long waitNanos(int lane) {
        return waitNanos(lane, time.nanoTime());
    }

    private long waitNanos(int lane, long nowNanos) {
        long held = rules.waitNanos(state, lane, nowNanos);
        return held > 0 ? held : rate.waitNanos(lane, nowNanos); // Who is held does not stand in line.
    }

    /** Lets an attempt start: {@link #REFUSED}, {@link #FREE}, or what its end must be told with. */
    long tryStart(int lane) {
        return isFree() ? FREE : tryStartCounted(lane);
    }

    private synchronized long tryStartCounted(int lane) {
        long nowNanos = time.nanoTime();
        if (waitNanos(lane, nowNanos) > 0) {
            return REFUSED;
        }
        rate.take(lane, nowNanos);
        FlowState before = state;
        state = rules.started(before, lane);
        return before.parked() != null || before.recovery() != null ? before.epoch() : FREE;
    }

    void succeeded(long permit) {
        FlowState seen = state;
        if (seen.failing() != null || !seen.isFree()) {
            change(now -> before -> rules.succeeded(before, permit));
        }
    }

    /** Returns whether the attempt counts for its delivery: not while the endpoint is parked or stopped. */
    boolean failed(long permit, String why) {
        return change(now -> before -> rules.failed(before, permit, why, now)).countsFailures();
    }

    void answered(long permit) {
        if (permit != FREE) {
            change(now -> before -> rules.answered(before, permit, now));
        }
    }

    void notSent(long permit) {
        if (permit != FREE) {
            change(now -> before -> rules.notSent(before, permit));
        }
    }

    void pause(Duration patience, String why) {
        change(now -> before -> rules.paused(before, patience, why, now));
    }

    void gone(long permit, String why) {
        change(now -> before -> rules.gone(before, permit, why, now));
    }

    /** How long until a lane may ask the endpoint whether it wants to be sent events; see {@link HandshakeRules}. */
    long handshakeWaitNanos() {
        return handshakes.waitNanos(state, time.nanoTime());
    }

    /** Lets one lane ask, which must tell the answer; empty where none may. */
    synchronized Optional<HandshakeSettings> tryHandshake() {
        if (handshakes.waitNanos(state, time.nanoTime()) > 0) {
            return Optional.empty();
        }
        state = handshakes.asked(state);
        return endpoint.flow().handshake();
    }

    void handshakeEnded(HandshakeAnswer answer) {
        if (answer instanceof HandshakeAnswer.Granted granted) {
            change(now -> before -> handshakes.granted(before, granted.perMinute()));
        } else if (answer instanceof HandshakeAnswer.Refused refused) {
            change(now -> before -> handshakes.refused(before, refused.reason(), refused.patience(), now));
        }
    }

    /** Who asked has ended without an answer. Where other lanes come after these, nobody is asking for them anyway. */
    void handshakeGivenUp() {
        change(now -> before -> followed ? before : before.with(before.consent().forOtherLanes()));
    }

    void pauseByHand() {
        change(now -> before -> rules.pausedByHand(before, now));
    }

    void resume() {
        change(now -> before -> rules.resumed(before, now));
    }

    void reconfigured() {
        change(now -> rules::reconfigured);
    }

    /** A change as of a moment. */
    private interface Change {
        UnaryOperator<FlowState> at(Moment now);
    }

    /** Returns the state after. Tells and wakes outside the lock. */
    private FlowState change(Change change) {
        Moment now = Moment.now(time);
        FlowState before;
        FlowState after;
        synchronized (this) {
            before = state;
            after = change.at(now).apply(before);
            if (!after.consent().equals(before.consent())) {
                keepRate(after.consent());
            }
            state = after;
        }
        if (!after.equals(before)) {
            log.changed(before, after, now);
            wakeAll(before);
        }
        return after;
    }

    /** Who first, changes each time, so that none of them is always first. */
    private void wakeAll(FlowState before) {
        if (before.isFree()) {
            return; // Nobody waited.
        }
        List<Runnable> all = List.copyOf(lanes);
        int first = all.isEmpty() ? 0 : Math.floorMod(firstToWake.getAndIncrement(), all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get((first + i) % all.size()).run();
        }
    }

    EndpointStatus status() {
        return FlowView.of(endpoint.name(), state, Moment.now(time));
    }
}
