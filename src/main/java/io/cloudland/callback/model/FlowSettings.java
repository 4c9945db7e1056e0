package io.cloudland.callback.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How much an endpoint is given and in which order, and what happens to all of its deliveries while it fails.
 *
 * @param parkAfterFailures after so many failed attempts in a row it is parked; 0 for never
 * @param probeInterval how long after that the first delivery is tried
 * @param probeIntervalMax the pauses between further ones double up to this
 * @param rateLimit so many attempts may start in a second, over all workers; 0 for any number
 * @param handshake how it is asked whether it wants to be sent events; empty where it is not asked
 * @param ordering in which order it gets the events of one resource
 */
public record FlowSettings(
        int parkAfterFailures,
        Duration probeInterval,
        Duration probeIntervalMax,
        int rateLimit,
        Optional<HandshakeSettings> handshake,
        Ordering ordering) {

    /** Never parked, and as fast as it takes them. */
    public static final FlowSettings UNLIMITED = new FlowSettings(0, Duration.ofSeconds(10), Duration.ofMinutes(5), 0);

    /** Those of an endpoint that is not asked, and gets the events of one resource in order. */
    public FlowSettings(int parkAfterFailures, Duration probeInterval, Duration probeIntervalMax, int rateLimit) {
        this(parkAfterFailures, probeInterval, probeIntervalMax, rateLimit, Optional.empty());
    }

    /** Those of an endpoint that gets the events of one resource in order. */
    public FlowSettings(
            int parkAfterFailures,
            Duration probeInterval,
            Duration probeIntervalMax,
            int rateLimit,
            Optional<HandshakeSettings> handshake) {
        this(parkAfterFailures, probeInterval, probeIntervalMax, rateLimit, handshake, Ordering.RESOURCE);
    }

    public FlowSettings {
        if (parkAfterFailures < 0 || rateLimit < 0) {
            throw new IllegalArgumentException("parkAfterFailures and rateLimit must be 0 or more");
        }
        if (probeInterval.isZero() || probeInterval.isNegative()) {
            throw new IllegalArgumentException("probeInterval must be longer than zero, was " + probeInterval);
        }
    }

    /** The same with another order. */
    public FlowSettings withOrdering(Ordering newOrdering) {
        return new FlowSettings(parkAfterFailures, probeInterval, probeIntervalMax, rateLimit, handshake, newOrdering);
    }
}
