package io.cloudland.callback.store;

import java.util.Map;
import java.util.Optional;

/**
 * What became of a replay.
 *
 * @param count how many dead letters are pending again
 * @param unreadable how many were left because their stored rows cannot be read
 * @param unknownEndpoints how many were left per endpoint that nobody delivers to
 * @param stopped why it stopped before its end; empty where it came to its end
 */
public record Replayed(long count, long unreadable, Map<String, Long> unknownEndpoints, Optional<String> stopped) {

    public Replayed {
        unknownEndpoints = Map.copyOf(unknownEndpoints);
    }

    /** How many matched and are still dead letters, those after a stop not counted. */
    public long left() {
        return unreadable
                + unknownEndpoints.values().stream().mapToLong(Long::longValue).sum();
    }
}
