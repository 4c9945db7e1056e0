package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the commands that were executed and not taken in, warns of them once a minute at most, and says when commands are
 * taken in again. Any thread; it logs outside its monitor, so that nobody waits for a log.
 */
final class UnacceptedAlarm {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    /** For so long each command must be taken in before that is called so: while some are and some are not it is not over. */
    static final Duration OVER_AFTER = Duration.ofSeconds(5);

    /** What has come together since the first warning of a stretch. */
    private record Stretch(long unaccepted, long kept) {}

    private final HttpIngestCounts counts;
    private final Path file;
    private final TimeSource time;
    private long sinceWarning;
    private long lastNanos;
    private long unaccepted;
    private long kept;
    private Optional<Long> lastWarningNanos = Optional.empty();
    private volatile boolean raised;

    /** @param file where what can be kept is kept */
    UnacceptedAlarm(HttpIngestCounts counts, Path file, TimeSource time) {
        this.counts = counts;
        this.file = file;
        this.time = time;
    }

    /** One was not taken in; whether it is kept shows later. */
    void unaccepted(String why) {
        counts.commandUnaccepted();
        long toTell = raise();
        if (toTell > 0) {
            log.warn(
                    "{} command(s) that the back end executed were not taken in: {}. The calls passed all the same; what could"
                            + " be kept is in {}: put the cause right, move the file away and send it again with 'send --file'",
                    toTell,
                    why,
                    file);
        }
    }

    /** One was not taken in, and nothing of it can be kept. */
    void lost(String why) {
        counts.commandLost();
        unaccepted(why + "; it is not kept for repair");
    }

    /** One that was not taken in is on the disk. */
    synchronized void kept() {
        kept++;
    }

    /** One that was not taken in could not be kept. */
    void notKept() {
        counts.commandLost();
    }

    /** One was taken in. */
    void takenIn() {
        if (raised) {
            over().ifPresent(stretch -> log.info(
                    "Commands are taken in again. Meanwhile {} were not, of which {} are kept for repair in {}",
                    stretch.unaccepted(),
                    stretch.kept(),
                    file));
        }
    }

    /** How many a warning is to tell of now; 0 for none. */
    private synchronized long raise() {
        long now = time.nanoTime();
        raised = true;
        lastNanos = now;
        unaccepted++;
        sinceWarning++;
        if (lastWarningNanos
                .map(last -> now - last < BETWEEN_WARNINGS.toNanos())
                .orElse(false)) {
            return 0;
        }
        lastWarningNanos = Optional.of(now);
        long toTell = sinceWarning;
        sinceWarning = 0;
        return toTell;
    }

    private synchronized Optional<Stretch> over() {
        if (!raised || time.nanoTime() - lastNanos < OVER_AFTER.toNanos()) {
            return Optional.empty();
        }
        Stretch stretch = new Stretch(unaccepted, kept);
        raised = false;
        unaccepted = 0;
        kept = 0;
        return Optional.of(stretch);
    }
}
