package io.cloudland.callback.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What holds back or slows all deliveries to one endpoint. Immutable; {@link FlowRules} says what follows from what.
 *
 * @param epoch counts how often it was parked and was back; an attempt that was let through in one says nothing in another
 * @param failing the failed attempts since one succeeded
 * @param byHand a pause by hand
 * @param stopped the endpoint said that it is gone
 * @param pause the endpoint asked for patience; may have passed
 * @param parked it failed too often
 * @param recovery it has just been parked and is given more step by step
 * @param consent whether it wants to be sent events at all
 */
record FlowState(
        long epoch,
        @Nullable Failing failing,
        @Nullable Hold byHand,
        @Nullable Hold stopped,
        @Nullable Pause pause,
        @Nullable Parked parked,
        @Nullable Recovery recovery,
        Consent consent) {

    static final FlowState OPEN = new FlowState(1, null, null, null, null, null, null, Consent.UNASKED);

    /** So many attempts have failed in a row, the first at {@code since}. */
    record Failing(int count, Moment since) {}

    /** Held back until somebody acts. */
    record Hold(Moment since, String why) {}

    /** Held back until a time that the endpoint gave. */
    record Pause(Moment since, Moment until, String why) {}

    /**
     * Held back until the endpoint takes a delivery again.
     *
     * @param failures how many in a row parked it
     * @param probes how many deliveries were tried since, and failed
     * @param next when the next one may be tried
     * @param probing whether one is under way
     * @param lastLane who tried last, -1 for nobody
     */
    record Parked(Moment since, String why, int failures, int probes, Moment next, boolean probing, int lastLane) {

        Parked probedBy(int lane) {
            return new Parked(since, why, failures, probes, next, true, lane);
        }

        Parked notProbed() {
            return new Parked(since, why, failures, probes, next, false, lastLane);
        }

        Parked probeFailed(Moment newNext) {
            return new Parked(since, why, failures, probes + 1, newNext, false, lastLane);
        }

        Parked probedAt(Moment newNext) {
            return new Parked(since, why, failures, probes, newNext, probing, lastLane);
        }
    }

    /**
     * Only so many may be under way at once, over all workers.
     *
     * @param probes how many were tried in vain while it was parked
     */
    record Recovery(int limit, int underWay, int probes) {

        Recovery entered() {
            return new Recovery(limit, underWay + 1, probes);
        }

        /** One more for each that succeeded: it doubles with each round. */
        Recovery grown() {
            return new Recovery(limit + 1, underWay - 1, probes);
        }

        Recovery halved() {
            return new Recovery(Math.max(1, limit / 2), underWay - 1, probes);
        }

        Recovery left() {
            return new Recovery(limit, underWay - 1, probes);
        }
    }

    /** As it is for other lanes, who have nothing under way yet. */
    FlowState forOtherLanes() {
        Parked waiting = parked == null
                ? null
                : new Parked(
                        parked.since(), parked.why(), parked.failures(), parked.probes(), parked.next(), false, -1);
        Recovery rising = recovery == null ? null : new Recovery(recovery.limit(), 0, recovery.probes());
        return new FlowState(epoch, failing, byHand, stopped, pause, waiting, rising, consent.forOtherLanes());
    }

    /** As it is once the endpoint has become another one: all that is left is a pause by hand. */
    FlowState forOtherEndpoint() {
        return OPEN.byHand(byHand);
    }

    /** Whether attempts start as if there were no flow control. */
    boolean isFree() {
        return byHand == null && stopped == null && pause == null && parked == null && recovery == null && hasConsent();
    }

    /** Whether deliveries wait with no end in sight. */
    boolean isHeld() {
        return byHand != null || stopped != null || parked != null || !hasConsent();
    }

    boolean hasConsent() {
        return consent instanceof Consent.Given;
    }

    /** Whether a failed attempt says something of its delivery, rather than of the endpoint alone. */
    boolean countsFailures() {
        return stopped == null && parked == null;
    }

    int failures() {
        return failing == null ? 0 : failing.count();
    }

    FlowState with(Consent newConsent) {
        return new FlowState(epoch, failing, byHand, stopped, pause, parked, recovery, newConsent);
    }

    FlowState with(@Nullable Failing newFailing) {
        return new FlowState(epoch, newFailing, byHand, stopped, pause, parked, recovery, consent);
    }

    FlowState byHand(@Nullable Hold hold) {
        return new FlowState(epoch, failing, hold, stopped, pause, parked, recovery, consent);
    }

    FlowState stopped(@Nullable Hold hold) {
        return new FlowState(epoch, failing, byHand, hold, pause, parked, recovery, consent);
    }

    FlowState paused(@Nullable Pause newPause) {
        return new FlowState(epoch, failing, byHand, stopped, newPause, parked, recovery, consent);
    }

    FlowState with(@Nullable Recovery newRecovery) {
        return new FlowState(epoch, failing, byHand, stopped, pause, parked, newRecovery, consent);
    }

    FlowState with(Parked newParked) {
        return new FlowState(epoch, failing, byHand, stopped, pause, newParked, recovery, consent);
    }

    FlowState parkedAs(Parked newParked) {
        return new FlowState(epoch + 1, failing, byHand, stopped, pause, newParked, null, consent);
    }

    FlowState backWith(@Nullable Recovery newRecovery) {
        return new FlowState(epoch + 1, null, byHand, stopped, pause, null, newRecovery, consent);
    }
}
