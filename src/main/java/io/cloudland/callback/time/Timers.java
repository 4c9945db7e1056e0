package io.cloudland.callback.time;

import java.time.Duration;

/** Runs something later. Production schedules on Vert.x; tests move the time by hand and never wait. */
public interface Timers {

    /**
     * Runs {@code action} once after {@code delay}, on the context of the caller where there is one.
     *
     * @param delay zero or more; zero runs as soon as possible, never inside this call
     * @return cancels the run; calling it after the run, or twice, does nothing
     */
    Cancellable schedule(Duration delay, Runnable action);

    /** A scheduled run that can be taken back. */
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
