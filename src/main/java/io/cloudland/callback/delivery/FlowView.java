package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.FlowState.Hold;
import io.cloudland.callback.delivery.FlowState.Parked;
import io.cloudland.callback.delivery.FlowState.Pause;
import io.cloudland.callback.delivery.FlowState.Recovery;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.EndpointStatus.State;
import java.time.Instant;
import java.util.Optional;

/** An endpoint's flow as it is told: of several that hold it back, the one that lasts longest. Pure. */
final class FlowView {

    private FlowView() {}

    static EndpointStatus of(String endpoint, FlowState state, Moment now) {
        if (state.byHand() != null) {
            return held(endpoint, State.PAUSED, state.byHand(), state);
        }
        if (state.stopped() != null) {
            return held(endpoint, State.STOPPED, state.stopped(), state);
        }
        if (state.consent() instanceof Consent.Wanted wanted) {
            return unconfirmed(endpoint, wanted, state);
        }
        if (state.parked() != null) {
            return parked(endpoint, state.parked(), state);
        }
        if (state.pause() != null && state.pause().until().isAfter(now)) {
            return paused(endpoint, state.pause(), state);
        }
        return state.recovery() == null
                ? EndpointStatus.active(endpoint, state.failures())
                : recovering(endpoint, state.recovery(), state);
    }

    private static EndpointStatus held(String endpoint, State as, Hold hold, FlowState state) {
        int probes = state.parked() == null ? 0 : state.parked().probes();
        return status(endpoint, as, hold.since(), Optional.empty(), hold.why(), state, probes);
    }

    private static EndpointStatus unconfirmed(String endpoint, Consent.Wanted wanted, FlowState state) {
        Optional<Instant> next =
                wanted.asking() ? Optional.empty() : Optional.of(wanted.next().at());
        String why = "has not agreed to be sent events: " + wanted.why();
        return status(endpoint, State.UNCONFIRMED, wanted.since(), next, why, state, wanted.refusals());
    }

    private static EndpointStatus parked(String endpoint, Parked parked, FlowState state) {
        String why = parked.failures() + " failed attempts in a row, then " + parked.why();
        Optional<Instant> next = parked.probing() ? Optional.empty() : Optional.of(nextProbe(parked, state));
        return status(endpoint, State.PARKED, parked.since(), next, why, state, parked.probes());
    }

    private static Instant nextProbe(Parked parked, FlowState state) {
        Pause pause = state.pause();
        return pause != null && pause.until().isAfter(parked.next())
                ? pause.until().at()
                : parked.next().at();
    }

    private static EndpointStatus paused(String endpoint, Pause pause, FlowState state) {
        String why = "asked to wait with " + pause.why();
        return status(
                endpoint, State.PAUSED, pause.since(), Optional.of(pause.until().at()), why, state, 0);
    }

    private static EndpointStatus recovering(String endpoint, Recovery recovery, FlowState state) {
        return new EndpointStatus(
                endpoint,
                State.ACTIVE,
                Optional.empty(),
                Optional.empty(),
                "was parked; " + recovery.limit() + " at once so far",
                state.failures(),
                recovery.probes());
    }

    private static EndpointStatus status(
            String endpoint, State as, Moment since, Optional<Instant> until, String why, FlowState state, int probes) {
        return new EndpointStatus(endpoint, as, Optional.of(since.at()), until, why, state.failures(), probes);
    }
}
