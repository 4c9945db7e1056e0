package io.cloudland.callback.lookup;

import io.cloudland.callback.time.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a lookup's source is away, when to ask next, and what the log hears of it. Confined to one event loop. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingLookup.class);

    private final Backoff backoff;
    private boolean away;
    private int failedLookups;
    private int probes;
    private int aside;

    Outage(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Whether the source counts as away: nothing is asked but a question at a time, after growing pauses. */
    boolean isOn() {
        return away;
    }

    /** Notes a failed lookup; tells whether the source counts as away from now on. */
    boolean failed(Throwable reason) {
        failedLookups++;
        boolean begins = !away;
        away = true;
        if (begins) {
            LOG.warn(
                    "The lookup's source does not answer; commands are kept and it is asked again, first after {} ms,"
                            + " then after ever longer pauses of up to {} ms: {}",
                    backoff.after(1).toMillis(),
                    backoff.after(Integer.MAX_VALUE).toMillis(),
                    reason.getMessage());
        }
        return begins;
    }

    /** The pause before the next question; each is longer than the one before. */
    Duration nextPause() {
        return backoff.after(++probes);
    }

    /** The source answers again. */
    void over(int waiting) {
        away = false;
        LOG.info(
                "The lookup's source answers again after {} failed lookups; {} waiting commands go on",
                failedLookups,
                waiting);
        failedLookups = 0;
        probes = 0;
    }

    /**
     * One question fails while others are answered. Told for the first one only: when many fail alone, they fail for one
     * reason.
     *
     * @param times how often this question has
     * @return the pause before it is asked again
     */
    Duration oneFailsAlone(int times, Throwable reason) {
        if (times == 1 && ++aside == 1) {
            LOG.warn(
                    "A lookup fails while others are answered; its command is kept and it is asked again, first after {}"
                            + " ms, then after ever longer pauses: {}",
                    backoff.after(1).toMillis(),
                    reason.getMessage());
        }
        return backoff.after(times);
    }

    void oneFailsNoLonger() {
        aside--;
    }
}
