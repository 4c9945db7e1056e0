package io.cloudland.callback.model;

import java.time.Duration;

/**
 * How long a store keeps what nobody waits for any more. The oldest go first.
 *
 * @param maxDeadLetters how many dead letters are kept
 * @param deadLetterMaxAge how long; zero for ever
 * @param deadLetterMaxBytes how many bytes of them
 * @param logMaxAge how long ended attempts stay in the delivery log; zero for ever
 * @param logMaxBytes how many bytes the delivery log takes; 0 for no log
 */
public record Retention(
        int maxDeadLetters, Duration deadLetterMaxAge, long deadLetterMaxBytes, Duration logMaxAge, long logMaxBytes) {

    /** With the defaults for all but the count of dead letters. */
    public static Retention ofDeadLetters(int max) {
        return new Retention(max, Duration.ofDays(30), 256L << 20, Duration.ofDays(7), 256L << 20);
    }
}
