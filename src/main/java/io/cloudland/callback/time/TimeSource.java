package io.cloudland.callback.time;

import java.time.Instant;

/** The two clocks of the service: wall time for what is told, a monotonic one for what is measured. */
public interface TimeSource {

    /** Wall time, which may jump. */
    Instant now();

    /** A monotonic reading in nanoseconds; only differences mean something. */
    long nanoTime();

    /** The machine's clocks. */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
