package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The delivery log in the heap: the newest attempts, never more than 16 MiB of them. Guarded by {@link Deliveries}. */
final class AttemptLog {

    static final long MAX_BYTES = 16L << 20;
    /** What an attempt takes in the heap beside its excerpt. */
    private static final int OVERHEAD_BYTES = 400;

    /**
     * An attempt as it is kept: one object where a {@link LoggedAttempt} is three, because the collector copies what is logged
     * here many thousand times a second and asked for hardly ever.
     *
     * @param bytes what it counts for: read when it is let go, long after the rest of it has left the processor's caches
     */
    private record Row(
            String eventId,
            String endpoint,
            ResourceRef resource,
            long sequence,
            int number,
            Instant startedAt,
            long tookNanos,
            AttemptOutcome outcome,
            DeliveryState became,
            int bytes) {

        static Row of(LoggedAttempt logged) {
            Attempt attempt = logged.attempt();
            return new Row(
                    logged.eventId(),
                    logged.endpoint(),
                    logged.resource(),
                    logged.sequence(),
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.took().toNanos(),
                    attempt.outcome(),
                    logged.became(),
                    bytesOf(attempt.outcome()));
        }

        private static int bytesOf(AttemptOutcome outcome) {
            int text = outcome instanceof AttemptOutcome.Answered answered
                    ? answered.excerpt().length()
                    : 0;
            return OVERHEAD_BYTES + text;
        }

        LoggedAttempt logged() {
            Attempt attempt = new Attempt(number, startedAt, Duration.ofNanos(tookNanos), outcome);
            return new LoggedAttempt(eventId, endpoint, resource, sequence, attempt, became);
        }
    }

    private final long maxBytes;
    private final Duration maxAge;
    private final SteadyClock clock;
    private final Deque<Row> newestFirst = new ArrayDeque<>();
    private long bytes;

    AttemptLog(Retention bounds, SteadyClock clock) {
        this.maxBytes = Math.min(MAX_BYTES, bounds.logMaxBytes());
        this.maxAge = bounds.logMaxAge();
        this.clock = clock;
    }

    void add(Delivery delivery, Attempt attempt, DeliveryState became) {
        add(LoggedAttempt.of(delivery, attempt, became));
    }

    void add(LoggedAttempt logged) {
        if (maxBytes == 0) {
            return;
        }
        Row row = Row.of(logged);
        newestFirst.addFirst(row);
        bytes += row.bytes();
        while (bytes > maxBytes) {
            dropOldest();
        }
    }

    private void dropOldest() {
        bytes -= newestFirst.removeLast().bytes();
    }

    List<LoggedAttempt> newest(AttemptFilter filter, int limit) {
        dropTooOld();
        return newestFirst.stream()
                .map(Row::logged)
                .filter(filter::matches)
                .limit(limit)
                .toList();
    }

    private void dropTooOld() {
        Instant oldest = maxAge.isZero() ? Instant.MIN : clock.now().minus(maxAge);
        while (!newestFirst.isEmpty() && newestFirst.getLast().startedAt().isBefore(oldest)) {
            dropOldest();
        }
    }
}
