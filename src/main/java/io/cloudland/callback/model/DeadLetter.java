package io.cloudland.callback.model;

import java.time.Instant;

/**
 * A delivery that ran out of attempts: kept with why.
 *
 * @param delivery the delivery, its {@code attemptsMade} including the last attempt
 * @param diedAt when it was given up
 */
public record DeadLetter(Delivery delivery, Attempt lastAttempt, String reason, Instant diedAt) {}
