package io.cloudland.callback.cli;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Ends a process whose shutdown takes too long. Vert.x's own launcher waits two minutes for a stop that hangs; this one
 * waits as long as the configuration allows a stop to take, and a little more.
 */
final class ShutdownWatchdog {

    static final Duration GRACE = Duration.ofSeconds(5);
    private static final int EXIT_CODE = 1;

    private final Duration limit;
    private final PrintStream err;
    private final Runnable halt;

    ShutdownWatchdog(Duration shutdownTimeout, PrintStream err) {
        this(shutdownTimeout.plus(GRACE), err, () -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    ShutdownWatchdog(Duration limit, PrintStream err, Runnable halt) {
        this.limit = limit;
        this.err = err;
        this.halt = halt;
    }

    /** Starts to watch when the JVM begins to shut down. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::watch, "shutdown-watchdog-hook"));
    }

    /** Starts to watch now. A daemon does it: it runs on beside the hooks, and the JVM does not wait for it. */
    void watch() {
        Thread watching = new Thread(this::haltAfterLimit, "shutdown-watchdog");
        watching.setDaemon(true);
        watching.start();
    }

    private void haltAfterLimit() {
        try {
            Thread.sleep(limit.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        err.println("The stop took longer than " + limit.toSeconds()
                + " s (shutdown_timeout and 5 s): the process is ended. What the store keeps durably is delivered after the"
                + " next start.");
        err.flush();
        halt.run();
    }
}
