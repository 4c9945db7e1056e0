package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a failed delivery is tried again. Pure but for the random source.
 *
 * @param random gives numbers from 0 to below 1; asked only where there is jitter
 */
record RetryPolicy(RetrySettings settings, DoubleSupplier random) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** No endpoint is believed that asks for more patience. */
    private static final Duration MOST_PATIENCE = Duration.ofDays(1);

    /**
     * Retries at equal distances, without chance.
     *
     * @param maxRetries how many attempts may follow the first, 0 or more
     * @param interval the pause before each of them, longer than zero
     */
    RetryPolicy(int maxRetries, Duration interval) {
        this(RetrySettings.fixed(maxRetries, interval), () -> 0);
    }

    /**
     * The pause before the attempt that follows a failed one.
     *
     * @param failedAttempt the number of the attempt that failed, 1 for the first
     * @return empty when no attempt is left
     */
    Optional<Duration> delayAfter(int failedAttempt) {
        return failedAttempt > settings.retries() ? Optional.empty() : Optional.of(jittered(pause(failedAttempt)));
    }

    /** Whether an event of that age, tried again after that pause, would still be worth it. */
    boolean isTooLate(Duration age, Duration delay) {
        return settings.maxAge().isPresent()
                && age.plus(delay).compareTo(settings.maxAge().get()) > 0;
    }

    private Duration pause(int failedAttempt) {
        if (!settings.schedule().isEmpty()) {
            return settings.schedule().get(failedAttempt - 1);
        }
        return switch (settings.backoff()) {
            case FIXED -> settings.interval();
            case LINEAR -> times(failedAttempt);
            case EXPONENTIAL ->
                failedAttempt > Long.SIZE - 2 ? settings.intervalMax() : times(1L << (failedAttempt - 1));
        };
    }

    /** Divides first: the product itself could be too great for a time. */
    private Duration times(long factor) {
        boolean beyond = settings.interval().compareTo(settings.intervalMax().dividedBy(factor)) > 0;
        return beyond ? settings.intervalMax() : settings.interval().multipliedBy(factor);
    }

    /** Chance only shortens a pause, so that the longest stays the longest. */
    private Duration jittered(Duration pause) {
        if (settings.jitter() == 0) {
            return pause;
        }
        long kept = (long) (pause.toNanos() * (1 - settings.jitter() * random.getAsDouble()));
        Duration shortened = Duration.ofNanos(kept);
        return shortened.compareTo(SHORTEST) < 0 ? SHORTEST : shortened;
    }

    /** How long a delivery that was tried before a restart still waits: no longer than it was to wait after its last attempt. */
    Duration remaining(Delivery delivery, Instant now) {
        Duration wait = remaining(delivery.notBefore(), now, longest().plus(MOST_PATIENCE));
        return delivery.tries()
                .last()
                .map(last -> last.startedAt().plus(last.took()))
                .filter(ended -> ended.isBefore(delivery.notBefore()))
                .map(ended -> shorter(wait, Duration.between(ended, delivery.notBefore())))
                .orElseGet(() -> remaining(delivery.notBefore(), now));
    }

    /**
     * How long a delivery of whose last attempt nothing is known still waits.
     *
     * @param notBefore when it is due, by the wall clock of then
     * @param now by the wall clock of today; one that was set back makes nobody wait longer than the longest pause
     */
    Duration remaining(Instant notBefore, Instant now) {
        return remaining(notBefore, now, longest());
    }

    private static Duration remaining(Instant notBefore, Instant now, Duration atMost) {
        return notBefore.isAfter(now) ? shorter(Duration.between(now, notBefore), atMost) : Duration.ZERO;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private Duration longest() {
        if (!settings.schedule().isEmpty()) {
            return Collections.max(settings.schedule());
        }
        return settings.backoff() == RetrySettings.Backoff.FIXED ? settings.interval() : settings.intervalMax();
    }
}
