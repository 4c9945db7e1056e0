package io.cloudland.callback.store;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of dead letters that a bound makes go: of the first at once, then once an hour of how many. One thread at a time. */
public final class LetGoLog {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long TELL_EVERY_NANOS = Duration.ofHours(1).toNanos();

    private final TimeSource time;
    private long untold;
    private boolean told;
    private long toldAt;

    public LetGoLog(TimeSource time) {
        this.time = time;
    }

    /**
     * Notes that so many went.
     *
     * @param bound the option that made them go
     */
    public void letGo(long count, String bound) {
        untold += count;
        if (count > 0 && (!told || time.nanoTime() - toldAt >= TELL_EVERY_NANOS)) {
            log.warn(
                    "Dead letters are deleted, the oldest first, {} so far, because {} allows no more; told again in an hour"
                            + " at the soonest, counted as let_go meanwhile. Replay or purge what is not needed, or raise it",
                    untold,
                    bound);
            untold = 0;
            told = true;
            toldAt = time.nanoTime();
        }
    }
}
