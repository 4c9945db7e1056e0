package io.cloudland.callback.delivery;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of reads, or merges, that fail: the first at once, then how many since, once a minute. Confined to its lane's context. */
final class ReadFailures {

    /** After so long a read that failed is tried again. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger("delivery");
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String endpoint;
    private final TimeSource time;
    private long sinceLastLine;
    private long lastLineNanos;
    private boolean everTold;

    ReadFailures(String endpoint, TimeSource time) {
        this.endpoint = endpoint;
        this.time = time;
    }

    /**
     * @param what what could not be read, for example {@code slot 7}
     */
    void happened(Object what, Throwable failure) {
        sinceLastLine++;
        if (isQuiet()) {
            return;
        }
        log.warn(
                "{} of endpoint {} could not be read: {} ({} such failures since the last line); tried again in {} ms,"
                        + " the others go on",
                what,
                endpoint,
                failure.toString(),
                sinceLastLine,
                PAUSE.toMillis());
        told();
    }

    /**
     * What waits of a resource could not be merged.
     *
     * @param what the resource
     */
    void notMerged(Object what, Throwable failure) {
        sinceLastLine++;
        if (isQuiet()) {
            return;
        }
        log.warn(
                "The store could not note that newer events of {} stand for older ones at endpoint {}: {} ({} such failures since"
                        + " the last line); all of them are sent",
                what,
                endpoint,
                failure.toString(),
                sinceLastLine);
        told();
    }

    private boolean isQuiet() {
        return everTold && time.nanoTime() - lastLineNanos < QUIET_NANOS;
    }

    private void told() {
        sinceLastLine = 0;
        lastLineNanos = time.nanoTime();
        everTold = true;
    }
}
