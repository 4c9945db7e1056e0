package io.cloudland.callback.delivery;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rate that the lanes of all workers keep together to one endpoint, through every change of its configuration: what was
 * sent under the old one counts under the new. Any thread; asking whether there is a limit at all costs one volatile read.
 *
 * <p>Lanes that had to wait take their turns in the order in which they began to. Without that the one that took a token last
 * would be the first to be woken for the next, and the others might never get one.
 */
final class RateLimit {

    /** How long a token is kept for the lane whose turn it is; one that has not come by then wants none. */
    static final long TURN_NANOS = Duration.ofMillis(10).toNanos();

    private final Set<Integer> line = new LinkedHashSet<>();
    private volatile @Nullable TokenBucket bucket; // Changed under the lock of this.

    /**
     * Keeps both from now on.
     *
     * @param perSecond 0 for any number
     * @param perMinute 0 for any number
     */
    synchronized void keep(int perSecond, long perMinute, long nowNanos) {
        TokenBucket before = bucket;
        TokenBucket next = TokenBucket.ofBoth(perSecond, perMinute, nowNanos);
        bucket = next == null || before == null ? next : next.after(before, nowNanos);
        line.clear();
    }

    /** Whether any number may be taken. */
    boolean isUnlimited() {
        return bucket == null;
    }

    /** How long a lane that wants a token must wait for it; 0 where it may take one. It is in the line from then on. */
    synchronized long waitNanos(int lane, long nowNanos) {
        TokenBucket limit = bucket;
        long wait = limit == null ? 0 : untilTurn(limit, lane, nowNanos);
        if (wait > 0) {
            line.add(lane);
        }
        return wait;
    }

    private long untilTurn(TokenBucket limit, int lane, long nowNanos) {
        if (limit.idleNanos(nowNanos) >= TURN_NANOS) {
            line.clear();
        }
        int ahead = aheadOf(lane);
        long own = limit.waitNanos(nowNanos, ahead);
        return ahead == 0 ? own : Math.min(own, TURN_NANOS - limit.idleNanos(nowNanos));
    }

    private int aheadOf(int lane) {
        int ahead = 0;
        for (int other : line) {
            if (other == lane) {
                break;
            }
            ahead++;
        }
        return ahead;
    }

    /** Takes a token; only for a lane that need not wait. */
    synchronized void take(int lane, long nowNanos) {
        TokenBucket limit = bucket;
        bucket = limit == null ? null : limit.taken(nowNanos);
        line.remove(lane);
    }
}
