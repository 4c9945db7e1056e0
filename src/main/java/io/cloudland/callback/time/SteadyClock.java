package io.cloudland.callback.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock as far as it is believed where something ends because of its age: a jump back at once, a jump forward once the
 * clock has kept to it for {@link #TRUST_AFTER}. What is let go too early does not come back when the clock is set right.
 *
 * <p>It knows of no jump before the first look: at a start the clock is believed. Any thread.
 */
public final class SteadyClock {

    /** For so long a jump forward must last. */
    public static final Duration TRUST_AFTER = Duration.ofHours(1);

    private final TimeSource time;
    private final Instant zero;
    private ClockHistory history;

    public SteadyClock(TimeSource time) {
        this.time = time;
        Instant wall = time.now();
        long nanos = time.nanoTime();
        this.zero = wall.minusNanos(nanos);
        this.history = ClockHistory.begin(wall, nanos);
    }

    /** Looks at the clock, so that a jump from now on is told from one before. */
    public synchronized void look() {
        history = history.and(time.now(), time.nanoTime());
    }

    /** What the clock would show had it not been touched since the first look: for stretches of time that jumps must not change. */
    public Instant untouched() {
        return zero.plusNanos(time.nanoTime());
    }

    /** The time that is believed. */
    public synchronized Instant now() {
        look();
        return history.believed(time.nanoTime(), TRUST_AFTER);
    }

    /** How long ago the wall clock showed that, whatever jumps it made since; zero or more. */
    public synchronized Duration since(Instant stamp) {
        look();
        return history.since(stamp, time.nanoTime(), TRUST_AFTER);
    }
}
