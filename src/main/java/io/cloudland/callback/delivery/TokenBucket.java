package io.cloudland.callback.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int SHARE_IN_STORE = 10;

    /** A full one. */
    static TokenBucket of(long perSecond, long nowNanos) {
        return every((SECOND + perSecond - 1) / perSecond, capacity(perSecond), nowNanos);
    }

    /** A full one of which no more than that go out in any minute, what it holds in store included. */
    static TokenBucket ofMinute(long perMinute, long nowNanos) {
        long capacity = capacity(perMinute / 60);
        long steady = Math.min(perMinute - capacity + 1, MINUTE);
        return every((MINUTE + steady - 1) / steady, capacity, nowNanos);
    }

    private static TokenBucket every(long interval, long capacity, long nowNanos) {
        return new TokenBucket(interval, (capacity - 1) * interval, nowNanos);
    }

    /**
     * A full one that keeps both of two limits; null where neither limits anything.
     *
     * @param perSecond 0 for any number
     * @param perMinute 0 for any number
     */
    static @Nullable TokenBucket ofSmaller(int perSecond, long perMinute, long nowNanos) {
        if (perMinute == 0) {
            return perSecond == 0 ? null : of(perSecond, nowNanos);
        }
        boolean ownIsSmaller = perSecond > 0 && perSecond < perMinute / 60;
        return ownIsSmaller ? of(perSecond, nowNanos) : ofMinute(perMinute, nowNanos);
    }

    /** How many may start at once after a rest. */
    static long capacity(long perSecond) {
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
