package io.cloudland.callback.delivery;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time by both clocks.
 *
 * @param nanos by the monotonic clock, which all decisions go by
 * @param at by the wall clock, for those who are told
 */
record Moment(long nanos, Instant at) {

    static Moment now(TimeSource time) {
        return new Moment(time.nanoTime(), time.now());
    }

    Moment plus(Duration duration) {
        return new Moment(nanos + duration.toNanos(), at.plus(duration));
    }

    /** How many nanoseconds it is from {@code nowNanos} until then, 0 where that has passed. */
    long waitNanos(long nowNanos) {
        return Math.max(0, nanos - nowNanos);
    }

    boolean isAfter(Moment other) {
        return nanos - other.nanos > 0;
    }
}
