package io.cloudland.callback.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has been tried of a delivery so far.
 *
 * @param startedAt when attempts started, to the millisecond, oldest first; of many the newest {@value #MAX_TIMES}
 * @param last the attempt that ended last; empty before the first has ended
 */
public record Tries(List<Instant> startedAt, Optional<Attempt> last) {

    /** How many times of attempts are kept. They are written anew with every retry, which must stay cheap. */
    public static final int MAX_TIMES = 100;

    private static final Tries NONE = new Tries(List.of(), Optional.empty());

    public Tries {
        startedAt = List.copyOf(startedAt);
    }

    /** Nothing has been tried yet. */
    public static Tries none() {
        return NONE;
    }

    /** With one attempt more. */
    public Tries and(Attempt attempt) {
        return new Tries(
                Stream.concat(
                                startedAt.stream().skip(Math.max(0, startedAt.size() + 1 - MAX_TIMES)),
                                Stream.of(attempt.startedAt().truncatedTo(ChronoUnit.MILLIS)))
                        .toList(),
                Optional.of(attempt));
    }
}
