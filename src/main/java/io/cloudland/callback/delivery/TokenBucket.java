package io.cloudland.callback.delivery;

import java.time.Duration;

/**
 * Keeps a rate: a token for each attempt, so many new ones a second, and a tenth of a second's worth at most in store.
 * Immutable, pure; times are readings of the monotonic clock.
 *
 * @param intervalNanos the time in which one token comes, rounded up: never more than the rate
 * @param slackNanos how far ahead of the rate attempts may be
 * @param fullNanos when the bucket is full again if nothing more is taken
 */
record TokenBucket(long intervalNanos, long slackNanos, long fullNanos) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SHARE_IN_STORE = 10;

    /** A full one. */
    static TokenBucket of(int perSecond, long nowNanos) {
        long interval = (SECOND + perSecond - 1) / perSecond;
        return new TokenBucket(interval, (capacity(perSecond) - 1) * interval, nowNanos);
    }

    /** How many may start at once after a rest. */
    static long capacity(int perSecond) {
        return Math.max(1, perSecond / SHARE_IN_STORE);
    }

    /** How long until there is a token; 0 where there is one. */
    long waitNanos(long nowNanos) {
        return Math.max(0, fullNanos - slackNanos - nowNanos);
    }

    /** With one token less. Only where there is one. */
    TokenBucket taken(long nowNanos) {
        long from = fullNanos - nowNanos > 0 ? fullNanos : nowNanos;
        return new TokenBucket(intervalNanos, slackNanos, from + intervalNanos);
    }
}
