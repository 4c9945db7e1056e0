package io.cloudland.callback.model;

import java.time.Instant;
import java.util.List;

/**
 * A delivery that ran out of attempts: kept with why.
 *
 * @param delivery the delivery, its {@code attemptsMade} including the last attempt
 * @param diedAt when it was given up
 * @param attemptedAt when its attempts started, to the millisecond, oldest first; of more than {@value Tries#MAX_TIMES}
 *     (see {@code attemptsMade}) the newest
 */
public record DeadLetter(
        Delivery delivery, Attempt lastAttempt, String reason, Instant diedAt, List<Instant> attemptedAt) {

    public DeadLetter {
        attemptedAt = List.copyOf(attemptedAt);
    }

    public ResourceRef resource() {
        return delivery.resource();
    }
}
