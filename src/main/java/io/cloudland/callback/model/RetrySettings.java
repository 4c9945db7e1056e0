package io.cloudland.callback.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When, how often and after which answers an endpoint is tried again.
 *
 * @param max how many retries follow a failed first attempt; says nothing where there is a schedule
 * @param interval the pause before the first retry, and the measure of the others
 * @param intervalMax no pause of a growing backoff is longer; of a fixed one all are {@code interval}, and so is this
 * @param jitter the share of each pause that chance may take away, 0 to 1
 * @param maxAge no retry starts once the event is older
 * @param schedule the pauses one by one, as many as there are retries; empty for those of the backoff
 * @param retryStatuses the answers that are retried
 * @param deadStatuses the answers that end a delivery at once, though they be among {@code retryStatuses}
 */
public record RetrySettings(
        Backoff backoff,
        int max,
        Duration interval,
        Duration intervalMax,
        double jitter,
        Optional<Duration> maxAge,
        List<Duration> schedule,
        StatusSet retryStatuses,
        StatusSet deadStatuses) {

    /** Nothing waits longer than this: so that no sum of times overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How the pause grows from retry to retry. */
    public enum Backoff {
        /** Not at all. */
        FIXED,
        /** By one interval each time. */
        LINEAR,
        /** To the double each time. */
        EXPONENTIAL
    }

    public RetrySettings {
        require(max >= 0, "maxRetries must be 0 or more, was " + max);
        require(isPause(interval), "interval must be longer than zero and at most 100 years, was " + interval);
        intervalMax = backoff == Backoff.FIXED ? interval : intervalMax;
        require(isPause(intervalMax), "intervalMax must be longer than zero and at most 100 years, was " + intervalMax);
        require(interval.compareTo(intervalMax) <= 0, "interval must be at most intervalMax, was " + interval);
        require(jitter >= 0 && jitter <= 1, "jitter must be from 0 to 1, was " + jitter);
        schedule = List.copyOf(schedule);
        require(
                schedule.stream().allMatch(RetrySettings::isPause),
                "each pause must be longer than zero and at most 100 years, was " + schedule);
    }

    private static boolean isPause(Duration pause) {
        return !pause.isZero() && !pause.isNegative() && pause.compareTo(LONGEST) <= 0;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** As the specification has it: so many retries, so far apart, after everything but a 2xx. */
    public static RetrySettings fixed(int max, Duration interval) {
        return new RetrySettings(
                Backoff.FIXED,
                max,
                interval,
                interval,
                0,
                Optional.empty(),
                List.of(),
                StatusSet.SPECIFICATION,
                StatusSet.NONE);
    }

    /** How many retries may follow the first attempt. */
    public int retries() {
        return schedule.isEmpty() ? max : schedule.size();
    }
}
