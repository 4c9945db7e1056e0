package io.cloudland.callback.model;

import java.time.Duration;
import java.time.Instant;

/**
 * One HTTP try of a delivery.
 *
 * @param number 1 for the first try; 2 and more are retries
 * @param took from start to outcome, by the monotonic clock
 */
public record Attempt(int number, Instant startedAt, Duration took, AttemptOutcome outcome) {}
