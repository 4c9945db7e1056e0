package io.cloudland.callback.receiver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which sequence numbers of one resource and epoch were taken, and whether their statuses form a chain. */
final class SequenceTrack {

    private record Link(Optional<String> status, Optional<String> previousStatus) {}

    /** Taken events with a neighbour that was not: only they can still be compared. One, while all is in order. */
    private final TreeMap<Long, Link> ends = new TreeMap<>();

    /** First to last number of every gap. */
    private final TreeMap<Long, Long> gaps = new TreeMap<>();

    private long highest;
    private long missing;

    /** How many numbers below the highest are neither taken nor settled by another event. */
    long missing() {
        return missing;
    }

    /** Whether a later number was taken already. */
    boolean isBehind(long sequence) {
        return sequence < highest;
    }

    /**
     * Takes a number.
     *
     * @return how many chain breaks show now that it is there, 0 to 2
     */
    int take(long sequence, Optional<String> status, Optional<String> previousStatus) {
        if (isTaken(sequence)) {
            return 0;
        }
        if (sequence > highest) {
            openGap(highest + 1, sequence - 1);
            missing += sequence - 1 - highest;
            highest = sequence;
        } else {
            fill(sequence);
        }
        ends.put(sequence, new Link(status, previousStatus));
        int breaks = breakBetween(sequence - 1, sequence) + breakBetween(sequence, sequence + 1);
        forgetIfInside(sequence - 1);
        forgetIfInside(sequence);
        forgetIfInside(sequence + 1);
        return breaks;
    }

    private boolean isTaken(long sequence) {
        return sequence <= highest && gapAround(sequence) == null;
    }

    private Map.@Nullable Entry<Long, Long> gapAround(long sequence) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(sequence);
        return gap != null && gap.getValue() >= sequence ? gap : null;
    }

    private void openGap(long first, long last) {
        if (first <= last) {
            gaps.put(first, last);
        }
    }

    private void fill(long sequence) {
        Map.Entry<Long, Long> gap = gapAround(sequence);
        if (gap != null) {
            gaps.remove(gap.getKey());
            openGap(gap.getKey(), sequence - 1);
            openGap(sequence + 1, gap.getValue());
            missing--;
        }
    }

    /**
     * Takes these numbers for settled, as far as they are missing: another event stands for them. One that comes all the same
     * changes nothing any more.
     */
    void close(long first, long last) {
        Map.Entry<Long, Long> gap = gaps.lowerEntry(last + 1);
        while (gap != null && gap.getValue() >= first) {
            long from = Math.max(gap.getKey(), first);
            long to = Math.min(gap.getValue(), last);
            gaps.remove(gap.getKey());
            openGap(gap.getKey(), from - 1);
            openGap(to + 1, gap.getValue());
            missing -= to - from + 1;
            forgetIfInside(from - 1);
            forgetIfInside(to + 1);
            gap = gaps.lowerEntry(from);
        }
    }

    private int breakBetween(long earlier, long later) {
        Link before = ends.get(earlier);
        Link after = ends.get(later);
        if (before == null || after == null) {
            return 0;
        }
        return after.previousStatus().equals(before.status()) ? 0 : 1;
    }

    /** Number 0 counts as taken: nothing comes before the first. */
    private void forgetIfInside(long sequence) {
        if (isTaken(sequence - 1) && isTaken(sequence + 1)) {
            ends.remove(sequence);
        }
    }
}
