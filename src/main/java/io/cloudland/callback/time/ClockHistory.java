package io.cloudland.callback.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the wall clock has gone since it was first looked at, by the monotonic clock: in stretches, each of which ended with a
 * jump. Immutable, pure.
 */
record ClockHistory(List<Stretch> oldestFirst) {

    /** What is less is a clock that is being adjusted little by little. */
    static final Duration JUMP = Duration.ofSeconds(1);

    /** A clock that jumps all the time is remembered for so many of them. */
    private static final int MOST_STRETCHES = 16;

    /**
     * As long as the wall clock went as the monotonic one did.
     *
     * @param fromNanos not begun before
     * @param seenNanos when it was first seen
     * @param lastNanos when it was last seen
     * @param zero what the wall clock shows in it at 0 of the monotonic one
     */
    record Stretch(long fromNanos, long seenNanos, long lastNanos, Instant zero) {

        Instant wallAt(long nanos) {
            return zero.plusNanos(nanos);
        }

        boolean holds(Instant wall, long nanos) {
            return Duration.between(wallAt(nanos), wall).abs().compareTo(JUMP) < 0;
        }

        Stretch seenAt(Instant wall, long nanos) {
            return new Stretch(fromNanos, seenNanos, nanos, wall.minusNanos(nanos));
        }
    }

    static ClockHistory begin(Instant wall, long nanos) {
        return new ClockHistory(List.of(new Stretch(nanos, nanos, nanos, wall.minusNanos(nanos))));
    }

    private Stretch newest() {
        return oldestFirst.get(oldestFirst.size() - 1);
    }

    /** With another look at both clocks; looks come in the order of the monotonic one. */
    ClockHistory and(Instant wall, long nanos) {
        List<Stretch> next = new ArrayList<>(oldestFirst);
        Stretch last = newest();
        if (last.holds(wall, nanos)) {
            next.set(next.size() - 1, last.seenAt(wall, nanos));
        } else {
            next.add(new Stretch(last.lastNanos(), nanos, nanos, wall.minusNanos(nanos)));
        }
        return new ClockHistory(List.copyOf(next.subList(Math.max(0, next.size() - MOST_STRETCHES), next.size())));
    }

    /** What the clock shows, or would show but for jumps forward that have not lasted for that long yet. */
    Instant believed(long nanos, Duration trustAfter) {
        Instant earliest = newest().wallAt(nanos);
        for (int i = oldestFirst.size() - 2; i >= 0; i--) {
            boolean isOver = nanos - oldestFirst.get(i + 1).seenNanos() >= trustAfter.toNanos();
            Instant other = oldestFirst.get(i).wallAt(nanos);
            if (isOver) {
                break;
            }
            earliest = other.isBefore(earliest) ? other : earliest;
        }
        return earliest;
    }

    /** How long ago the wall clock showed that; by what is believed where that was before the first look; never below 0. */
    Duration since(Instant stamp, long nanos, Duration trustAfter) {
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Stretch one = oldestFirst.get(i);
            Instant ended = one.wallAt(one.equals(newest()) ? nanos : one.lastNanos());
            if (!stamp.isBefore(one.wallAt(one.fromNanos())) && !stamp.isAfter(ended)) {
                return Duration.between(stamp, one.wallAt(nanos));
            }
        }
        Duration age = Duration.between(stamp, believed(nanos, trustAfter));
        return age.isNegative() ? Duration.ZERO : age;
    }
}
