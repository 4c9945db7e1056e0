package io.cloudland.callback.model;

import java.time.Duration;

/**
 * How much an endpoint is given, and what happens to all of its deliveries while it fails.
 *
 * @param parkAfterFailures after so many failed attempts in a row it is parked; 0 for never
 * @param probeInterval how long after that the first delivery is tried
 * @param probeIntervalMax the pauses between further ones double up to this
 * @param rateLimit so many attempts may start in a second, over all workers; 0 for any number
 */
public record FlowSettings(int parkAfterFailures, Duration probeInterval, Duration probeIntervalMax, int rateLimit) {

    /** Never parked, and as fast as it takes them. */
    public static final FlowSettings UNLIMITED = new FlowSettings(0, Duration.ofSeconds(10), Duration.ofMinutes(5), 0);

    public FlowSettings {
        if (parkAfterFailures < 0 || rateLimit < 0) {
            throw new IllegalArgumentException("parkAfterFailures and rateLimit must be 0 or more");
        }
        if (probeInterval.isZero() || probeInterval.isNegative()) {
            throw new IllegalArgumentException("probeInterval must be longer than zero, was " + probeInterval);
        }
    }
}
