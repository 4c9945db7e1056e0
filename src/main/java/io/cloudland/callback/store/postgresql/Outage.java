package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that the database is away and once that it is back, and counts what failed meanwhile. Thread-safe. */
final class Outage {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final String database;
    private final TimeSource time;
    private boolean away;
    private long since;
    private long failed;

    Outage(String database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    synchronized void happened(Throwable failure) {
        failed++;
        if (!away) {
            away = true;
            since = time.nanoTime();
            log.warn(
                    "{} is away: {}. Commands are refused until it is back, how deliveries ended is kept in memory and written"
                            + " then; tried again every {} ms, further failures are counted",
                    database,
                    SqlFailure.reason(failure),
                    Writer.PAUSE.toMillis());
        }
    }

    synchronized void over() {
        if (away) {
            away = false;
            log.info(
                    "{} is back after {} ms, {} attempts to reach it failed",
                    database,
                    Duration.ofNanos(time.nanoTime() - since).toMillis(),
                    failed);
            failed = 0;
        }
    }
}
