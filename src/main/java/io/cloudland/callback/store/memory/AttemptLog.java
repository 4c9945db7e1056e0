package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The delivery log in the heap: the newest attempts, never more than 16 MiB of them. Guarded by {@link Deliveries}. */
final class AttemptLog {

    static final long MAX_BYTES = 16L << 20;
    /** What an attempt takes in the heap beside its excerpt. */
    private static final int OVERHEAD_BYTES = 400;

    private final long maxBytes;
    private final Duration maxAge;
    private final TimeSource time;
    private final Deque<LoggedAttempt> newestFirst = new ArrayDeque<>();
    private long bytes;

    AttemptLog(Retention bounds, TimeSource time) {
        this.maxBytes = Math.min(MAX_BYTES, bounds.logMaxBytes());
        this.maxAge = bounds.logMaxAge();
        this.time = time;
    }

    void add(Delivery delivery, Attempt attempt, DeliveryState became) {
        if (maxBytes == 0) {
            return;
        }
        LoggedAttempt logged = LoggedAttempt.of(delivery, attempt, became);
        newestFirst.addFirst(logged);
        bytes += bytesOf(logged);
        while (bytes > maxBytes) {
            dropOldest();
        }
    }

    private void dropOldest() {
        bytes -= bytesOf(newestFirst.removeLast());
    }

    private static long bytesOf(LoggedAttempt logged) {
        int text = logged.attempt().outcome() instanceof AttemptOutcome.Answered answered
                ? answered.excerpt().length()
                : 0;
        return (long) OVERHEAD_BYTES + text;
    }

    List<LoggedAttempt> newest(AttemptFilter filter, int limit) {
        dropTooOld();
        return newestFirst.stream().filter(filter::matches).limit(limit).toList();
    }

    private void dropTooOld() {
        while (!maxAge.isZero()
                && !newestFirst.isEmpty()
                && newestFirst
                        .getLast()
                        .attempt()
                        .startedAt()
                        .isBefore(time.now().minus(maxAge))) {
            dropOldest();
        }
    }
}
