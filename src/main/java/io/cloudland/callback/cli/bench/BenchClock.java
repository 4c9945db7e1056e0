package io.cloudland.callback.cli.bench;

import java.time.Instant;

/** The clock that all processes of a benchmark read, so that a time taken in one can be compared in another. */
enum BenchClock {
    /** {@link System#nanoTime()}: on Linux one clock of the machine, whichever JVM asks. */
    MONOTONIC("one monotonic clock in all processes, checked by pings") {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** Wall time, where the monotonic clocks of two JVMs differ. A jump of it spoils the latencies. */
    WALL("wall time: the monotonic clocks of two JVMs differ here") {
        @Override
        long nanos() {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }
    };

    private final String text;

    BenchClock(String text) {
        this.text = text;
    }

    abstract long nanos();

    /** As it stands in the report. */
    String text() {
        return text;
    }

    /** Whether a reading of the child, taken between two of ours, lies between them. */
    static boolean lieInOrder(long before, long child, long after) {
        return before <= child && child <= after;
    }
}
