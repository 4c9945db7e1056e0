package io.cloudland.callback.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a failed delivery is tried again: {@code maxRetries} times, {@code interval} apart. Pure.
 *
 * @param maxRetries how many attempts may follow the first, 0 or more
 * @param interval the pause before each of them, longer than zero
 */
record RetryPolicy(int maxRetries, Duration interval) {

    RetryPolicy {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries must be 0 or more, was " + maxRetries);
        }
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("interval must be longer than zero, was " + interval);
        }
    }

    /**
     * The pause before the attempt that follows a failed one.
     *
     * @param failedAttempt the number of the attempt that failed, 1 for the first
     * @return empty when no attempt is left
     */
    Optional<Duration> delayAfter(int failedAttempt) {
        return failedAttempt > maxRetries ? Optional.empty() : Optional.of(interval);
    }

    /**
     * How long a delivery that was tried before a restart still waits.
     *
     * @param notBefore when it is due, by the wall clock of then
     * @param now by the wall clock of today; one that was set back makes nobody wait longer than the interval
     */
    Duration remaining(Instant notBefore, Instant now) {
        Duration wait = Duration.between(now, notBefore);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(interval) > 0 ? interval : wait;
    }
}
