package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.Consent.Given;
import io.cloudland.callback.delivery.Consent.Wanted;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.time.Backoff;
import java.time.Duration;

/** Decides when an endpoint is asked whether it wants to be sent events, and what follows from its answer. Pure. */
record HandshakeRules(FlowSettings settings) {

    /** As it is for an endpoint that is new, or has become another one: asked at once where it is asked at all. */
    FlowState begun(FlowState state, Moment now) {
        return settings.handshake().isPresent()
                ? state.with(new Wanted(now, "not asked yet", 0, now, false))
                : state.with(Consent.UNASKED);
    }

    /** How long until somebody may ask, 0 for now; {@link FlowRules#UNTIL_TOLD} where nobody should. */
    long waitNanos(FlowState state, long nowNanos) {
        boolean held = state.byHand() != null || state.stopped() != null;
        return state.consent() instanceof Wanted wanted && !wanted.asking() && !held
                ? wanted.next().waitNanos(nowNanos)
                : FlowRules.UNTIL_TOLD;
    }

    /** Somebody asks who need not wait. */
    FlowState asked(FlowState state) {
        return state.consent() instanceof Wanted wanted ? state.with(wanted.asked()) : state;
    }

    FlowState granted(FlowState state, long perMinute) {
        return state.with(new Given(perMinute));
    }

    /** It is asked again after a pause that doubles, and not before it wants to be. */
    FlowState refused(FlowState state, String why, Duration patience, Moment now) {
        if (!(state.consent() instanceof Wanted wanted)) {
            return state;
        }
        Duration own = new Backoff(settings.probeInterval(), settings.probeIntervalMax()).after(wanted.refusals() + 1);
        return state.with(wanted.refused(why, now.plus(patience.compareTo(own) > 0 ? patience : own)));
    }
}
