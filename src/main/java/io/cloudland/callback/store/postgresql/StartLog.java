package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of a start that waits for its database: at once, then once a minute. Confined to one context. */
final class StartLog {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String database;
    private final TimeSource time;
    private long failures;
    private long lastLineNanos;

    StartLog(String database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    void failed(Throwable failure) {
        failures++;
        if (failures > 1 && time.nanoTime() - lastLineNanos < QUIET_NANOS) {
            return;
        }
        lastLineNanos = time.nanoTime();
        log.warn(
                "{} cannot be reached: {}. The service starts as soon as it can be, and takes no commands until then; tried"
                        + " again every {} ms, told once a minute, {} attempts so far",
                database,
                SqlFailure.reason(failure),
                Opening.PAUSE.toMillis(),
                failures);
    }

    void succeeded() {
        if (failures > 0) {
            log.warn("{} can be reached after {} attempts that failed: the start goes on", database, failures);
            failures = 0;
        }
    }
}
