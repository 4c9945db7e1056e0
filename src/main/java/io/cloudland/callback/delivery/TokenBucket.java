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

    private static TokenBucket every(long interval, long capacity, long fullNanos) {
        return new TokenBucket(interval, (capacity - 1) * interval, fullNanos);
    }

    /**
     * A full one that keeps both of two limits, however close they are; null where neither limits anything.
     *
     * @param perSecond 0 for any number
     * @param perMinute 0 for any number
     */
    static @Nullable TokenBucket ofBoth(int perSecond, long perMinute, long nowNanos) {
        if (perMinute == 0) {
            return perSecond == 0 ? null : of(perSecond, nowNanos);
        }
        TokenBucket allowed = ofMinute(perMinute, nowNanos);
        return perSecond == 0 ? allowed : of(perSecond, nowNanos).and(allowed);
    }

    /** The slower coming and the smaller store of two. */
    private TokenBucket and(TokenBucket other) {
        long interval = Math.max(intervalNanos, other.intervalNanos);
        return every(interval, Math.min(capacity(), other.capacity()), fullNanos);
    }

    private long capacity() {
        return slackNanos / intervalNanos + 1;
    }

    /** As this one, but with no more in store than the one before it had: a change of the rate gives nobody tokens. */
    TokenBucket after(TokenBucket before, long nowNanos) {
        double left = before.capacity() - (double) Math.max(0, before.fullNanos - nowNanos) / before.intervalNanos;
        double missing = Math.max(0, capacity() - left);
        return new TokenBucket(intervalNanos, slackNanos, nowNanos + (long) Math.ceil(missing * intervalNanos));
    }

    /** How many may start at once after a rest. */
    static long capacity(long perSecond) {
        return Math.max(1, perSecond / SHARE_IN_STORE);
    }

    /** How long until there is a token; 0 where there is one. */
    long waitNanos(long nowNanos) {
        return waitNanos(nowNanos, 0);
    }

    /** How long until there is a token beside so many others, or has been none for as long as they take to come. */
    long waitNanos(long nowNanos, int others) {
        return Math.max(0, fullNanos - slackNanos + others * intervalNanos - nowNanos);
    }

    /** How long there has been a token that nobody took; less than 0 while there is none. */
    long idleNanos(long nowNanos) {
        return nowNanos - (fullNanos - slackNanos);
    }

    /** With one token less. Only where there is one. */
    TokenBucket taken(long nowNanos) {
        long from = fullNanos - nowNanos > 0 ? fullNanos : nowNanos;
        return new TokenBucket(intervalNanos, slackNanos, from + intervalNanos);
    }
}
