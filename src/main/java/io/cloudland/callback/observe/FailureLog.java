package io.cloudland.callback.observe;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns that an endpoint fails: at the first failure, then at most once a minute with the count since.
 *
 * <p>An outage is told by a line a minute, not by a line an attempt. Called by every worker: guarded per endpoint.
 */
public final class FailureLog implements DeliveryListener {

    private static final Logger log = LoggerFactory.getLogger("delivery");
    static final Duration QUIET = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Map<String, Failures> byEndpoint = new ConcurrentHashMap<>();

    private static final class Failures {
        private long sinceLastLine;
        private long lastLineNanos;
        private boolean everTold;
    }

    public FailureLog(TimeSource time) {
        this.time = time;
    }

    @Override
    public void retryScheduled(Delivery delivery, Attempt attempt, Instant next) {
        Failures failures = byEndpoint.computeIfAbsent(delivery.endpoint(), name -> new Failures());
        long toTell;
        synchronized (failures) {
            failures.sinceLastLine++;
            toTell = dueForALine(failures) ? take(failures) : 0;
        }
        if (toTell > 0) {
            log.warn(
                    "endpoint {} fails: {} failed attempts since the last line, the latest for {} ({}): {}; events wait and are retried",
                    delivery.endpoint(),
                    toTell,
                    delivery.event().id(),
                    delivery.resource(),
                    attempt.outcome().describe());
        }
    }

    private boolean dueForALine(Failures failures) {
        return !failures.everTold || time.nanoTime() - failures.lastLineNanos >= QUIET.toNanos();
    }

    private long take(Failures failures) {
        long count = failures.sinceLastLine;
        failures.everTold = true;
        failures.sinceLastLine = 0;
        failures.lastLineNanos = time.nanoTime();
        return count;
    }
}
