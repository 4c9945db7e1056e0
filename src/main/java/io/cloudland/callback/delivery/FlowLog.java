package io.cloudland.callback.delivery;

import io.cloudland.callback.delivery.FlowState.Parked;
import io.cloudland.callback.model.Endpoint;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when an endpoint is parked, stopped or paused by hand, and when it goes on: a line each, and none in between. */
final class FlowLog {

    private static final Logger log = LoggerFactory.getLogger("delivery");

    private final Endpoint endpoint;
    private final LongSupplier pending;

    /**
     * @param pending how many deliveries wait, to all endpoints
     */
    FlowLog(Endpoint endpoint, LongSupplier pending) {
        this.endpoint = endpoint;
        this.pending = pending;
    }

    void changed(FlowState before, FlowState after, Moment now) {
        if (before.parked() == null && after.parked() != null) {
            parked(after, after.parked());
        } else if (before.parked() != null && after.parked() == null) {
            back(before.parked(), now);
        }
        if (before.stopped() == null && after.stopped() != null) {
            stopped(after.stopped().why());
        } else if (before.stopped() != null && after.stopped() == null) {
            log.info("endpoint {} is no longer stopped; its deliveries go on", endpoint.name());
        }
        consent(before.consent(), after.consent(), now);
        byHand(before.byHand() != null, after.byHand() != null);
    }

    private void parked(FlowState state, Parked parked) {
        log.warn(
                "endpoint {} is parked: {} failed attempts in a row since {}, the last with: {}; its deliveries wait and spend"
                        + " no retries. One of them is tried in {} s, then after pauses that double up to {} s, until it is"
                        + " taken",
                endpoint.name(),
                parked.failures(),
                state.failing() == null
                        ? parked.since().at()
                        : state.failing().since().at(),
                parked.why(),
                Duration.ofNanos(parked.next().waitNanos(parked.since().nanos()))
                        .toSeconds(),
                endpoint.flow().probeIntervalMax().toSeconds());
    }

    private void back(Parked parked, Moment now) {
        log.info(
                "endpoint {} takes events again: it was parked for {} s, {} probes failed; {} deliveries are pending in all,"
                        + " its own go out in order at a rising rate",
                endpoint.name(),
                Duration.ofNanos(now.nanos() - parked.since().nanos()).toSeconds(),
                parked.probes(),
                pending.getAsLong());
    }

    private void consent(Consent before, Consent after, Moment now) {
        if (!(before instanceof Consent.Wanted wanted)) {
            return;
        }
        if (after instanceof Consent.Given given) {
            log.info(
                    "endpoint {} has agreed to be sent events, {} a minute; it was asked {} times in vain before",
                    endpoint.name(),
                    given.perMinute() == 0 ? "any number" : "at most " + given.perMinute(),
                    wanted.refusals());
        } else if (after instanceof Consent.Wanted refused && wanted.refusals() == 0 && refused.refusals() == 1) {
            log.warn(
                    "endpoint {} has not agreed to be sent events: {}; its deliveries wait, none is lost. It is asked again in"
                            + " {} s, then after pauses that double up to {} s, and at once after 'resume {}'",
                    endpoint.name(),
                    refused.why(),
                    Duration.ofNanos(refused.next().waitNanos(now.nanos())).toSeconds(),
                    endpoint.flow().probeIntervalMax().toSeconds(),
                    endpoint.name());
        }
    }

    private void stopped(String why) {
        log.warn(
                "endpoint {} is stopped: {}; its deliveries wait, none is lost. They go on after 'resume {}', a change of its"
                        + " configuration, or a restart",
                endpoint.name(),
                why,
                endpoint.name());
    }

    private void byHand(boolean before, boolean after) {
        if (before != after) {
            log.info(
                    "endpoint {} {}",
                    endpoint.name(),
                    after ? "is paused by hand, until it is resumed or the service restarts" : "is resumed by hand");
        }
    }
}
