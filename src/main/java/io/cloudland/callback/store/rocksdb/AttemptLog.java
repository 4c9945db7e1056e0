package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.LoggedAttempt;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the delivery log. Any thread but an event loop. */
final class AttemptLog {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final OpenStore store;

    AttemptLog(OpenStore store) {
        this.store = store;
    }

    /** Newest first. */
    List<LoggedAttempt> newest(AttemptFilter filter, int limit, Patience patience) throws RocksDBException {
        List<LoggedAttempt> found = new ArrayList<>();
        long from = filter.from().map(time -> time.toEpochMilli()).orElse(Long.MIN_VALUE);
        try (Scan scan = within(store.totals().get().log()).last()) {
            for (; found.size() < limit && scan.isValid(); scan.previous()) {
                patience.step();
                if (!read(scan.value(), from, filter, limit, found)) {
                    break;
                }
            }
        }
        return found;
    }

    /** False where this row and all before it were written before that time. */
    private boolean read(byte[] row, long from, AttemptFilter filter, int limit, List<LoggedAttempt> found) {
        try {
            LogCodec.Head head = LogCodec.head(row);
            if (head.committedAt() < from) {
                return false;
            }
            if (mayHold(head, from, filter)) {
                add(LogCodec.decode(row, store.endpoints()::nameOf), filter, limit, found);
            }
        } catch (IllegalArgumentException e) {
            log.warn("A row of the delivery log cannot be read: {}; it is left out", e.getMessage());
        }
        return true;
    }

    private static boolean mayHold(LogCodec.Head head, long from, AttemptFilter filter) {
        return head.lastStarted() >= from
                && filter.before()
                        .map(time -> head.firstStarted() <= time.toEpochMilli())
                        .orElse(true);
    }

    private static void add(List<LoggedAttempt> attempts, AttemptFilter filter, int limit, List<LoggedAttempt> found) {
        for (int i = attempts.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (filter.matches(attempts.get(i))) {
                found.add(attempts.get(i));
            }
        }
    }

    /** When the newest row was written; 0 where there is none, or it cannot be read. */
    long lastCommittedAt() throws RocksDBException {
        try (Scan scan = within(store.totals().get().log()).last()) {
            return scan.isValid() ? LogCodec.head(scan.value()).committedAt() : 0;
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    /** The offset of the first row that was written at that time or later, by halving; the end where there is none. */
    long firstFrom(long millis, LogSpan span) throws RocksDBException {
        long low = span.floor();
        long high = span.end();
        while (low < high) {
            long middle = low + (high - low) / 2;
            try (Scan scan = store.database().scan(Family.LOG, LogSpan.key(middle), LogSpan.key(high))) {
                if (!scan.first(LogSpan.key(middle)).isValid() || isFrom(millis, scan.value())) {
                    high = middle;
                } else {
                    low = new Decoder(scan.key()).getLong() + 1;
                }
            }
        }
        return low;
    }

    private static boolean isFrom(long millis, byte[] row) {
        try {
            return LogCodec.head(row).committedAt() >= millis;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private Scan within(LogSpan span) {
        return store.database().scan(Family.LOG, LogSpan.key(span.floor()), LogSpan.key(span.end()));
    }
}
