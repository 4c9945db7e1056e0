package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that the database is away and once that it is back, and counts what failed meanwhile. Thread-safe. */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final String database;
    private final Duration wait;
    private final TimeSource time;
    private boolean away;
    private long since;
    private long failed;
    private long refused;

    /** @param wait how long commands wait */
    Outage(String database, Duration wait, TimeSource time) {
        this.wait = wait;
        this.database = database;
        this.time = time;
    }

    synchronized void happened(Throwable failure) {
        failed++;
        if (!away) {
            away = true;
            since = time.nanoTime();
            log.warn(
                    "{} is away: {}. Commands {} until it is back, how deliveries ended is kept in memory and written then;"
                            + " tried again every {} ms, further failures are counted",
                    database,
                    SqlFailure.reason(failure),
                    wait.isZero() ? "are refused" : "wait for " + wait.toSeconds() + " s and are refused then,",
                    Writer.PAUSE.toMillis());
        }
    }

    /** A caller was told that what it wanted was not written. */
    synchronized void refused() {
        refused++;
    }

    synchronized boolean isOn() {
        return away;
    }

    synchronized void over() {
        if (away) {
            away = false;
            log.warn(
                    "{} is back after {} ms; {} attempts to reach it failed, {} commands were refused meanwhile",
                    database,
                    Duration.ofNanos(time.nanoTime() - since).toMillis(),
                    failed,
                    refused);
            failed = 0;
            refused = 0;
        }
    }
}
