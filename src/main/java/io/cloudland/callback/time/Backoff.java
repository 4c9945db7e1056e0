package io.cloudland.callback.time;

import java.time.Duration;

/**
 * Pauses that double from one failure to the next, up to a longest one. Pure.
 *
 * @param first the pause after the first failure, more than zero
 * @param longest where the first is longer already, it stays at that
 */
public record Backoff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    /** The pause after so many failures in a row, 1 or more. */
    public Duration after(int failures) {
        Duration cap = first.compareTo(longest) > 0 ? first : longest;
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        // Compared by division, so that nothing can overflow.
        return first.compareTo(cap.dividedBy(1L << doublings)) >= 0 ? cap : first.multipliedBy(1L << doublings);
    }
}
