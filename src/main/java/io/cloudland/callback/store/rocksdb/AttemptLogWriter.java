package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Writes the delivery log: the attempts of a commit as one row, in the same commit. Keeps it within its bounds by deleting
 * its oldest range, and makes it give way where room is scarce. Writer only.
 */
final class AttemptLogWriter {

    /** A row is cut after so many bytes, so that a search need not read too much at once. */
    private static final int ROW_BYTES = 64 << 10;

    private static final int KEY_BYTES = 8;
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long AGE_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final OpenStore store;
    private final long maxBytes;
    private final Duration maxAge;
    private final LogRoom room;
    private final SteadyClock clock;
    private final TimeSource time;
    private long committedAt = UNKNOWN;
    private long agedAt;

    AttemptLogWriter(OpenStore store, WriterSetting setting, LogRoom room, SteadyClock clock, TimeSource time) {
        this.store = store;
        this.maxBytes = setting.maxLogBytes();
        this.maxAge = setting.retention().logMaxAge();
        this.room = room;
        this.clock = clock;
        this.time = time;
        this.agedAt = time.nanoTime() - AGE_EVERY_NANOS;
    }

    /** Adds the batch's attempts and deletes what is too much, when all its changes are in. */
    void apply(Batch batch) throws RocksDBException {
        if (room.isScarce()) {
            batch.setTotals(batch.totals().withLogDropped(batch.log().entries().size()));
            room.giveWay(batch);
        } else if (maxBytes > 0) {
            write(batch);
        }
        boundSize(batch);
        boundAge(batch);
        room.giveBack(batch.totals().log().floor(), maxBytes / 4);
    }

    private void write(Batch batch) throws RocksDBException {
        List<BatchLog.Entry> entries = batch.log().entries();
        int from = 0;
        int bytes = 0;
        for (int to = 0; to < entries.size(); to++) {
            bytes += entries.get(to).bytes().length;
            if (bytes >= ROW_BYTES || to == entries.size() - 1) {
                put(batch, entries.subList(from, to + 1), bytes);
                from = to + 1;
                bytes = 0;
            }
        }
    }

    private void put(Batch batch, List<BatchLog.Entry> entries, int bytes) throws RocksDBException {
        committedAt = Math.max(lastCommittedAt(), clock.now().toEpochMilli());
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        Encoder all = new Encoder(bytes);
        for (BatchLog.Entry entry : entries) {
            first = Math.min(first, entry.startedAt());
            last = Math.max(last, entry.startedAt());
            all.putRaw(entry.bytes());
        }
        LogSpan span = batch.totals().log();
        byte[] row = LogCodec.row(new LogCodec.Head(committedAt, first, last), entries.size(), all.toBytes());
        batch.put(Family.LOG, LogSpan.key(span.end()), row);
        batch.setTotals(batch.totals().withLog(span.with(row.length + KEY_BYTES)));
    }

    /** Of the newest row: no row is older than the one before it, whatever the clock does; searches rely on it. */
    private long lastCommittedAt() throws RocksDBException {
        return committedAt == UNKNOWN ? new AttemptLog(store).lastCommittedAt() : committedAt;
    }

    /** Some more than need be, so that it is done once in a while only. */
    private void boundSize(Batch batch) throws RocksDBException {
        LogSpan span = batch.totals().log();
        if (span.bytes() > maxBytes) {
            deleteTo(span.end() - (maxBytes - maxBytes / 16), batch);
        }
    }

    private void boundAge(Batch batch) throws RocksDBException {
        if (!maxAge.isZero() && time.nanoTime() - agedAt >= AGE_EVERY_NANOS) {
            agedAt = time.nanoTime();
            long oldest = clock.now().minus(maxAge).toEpochMilli();
            LogSpan committed = store.totals().get().log();
            long floor = new AttemptLog(store).firstFrom(oldest, committed);
            if (floor > batch.totals().log().floor()) {
                deleteTo(floor, batch);
            }
        }
    }

    static void deleteTo(long newFloor, Batch batch) throws RocksDBException {
        LogSpan span = batch.totals().log();
        batch.deleteRange(Family.LOG, LogSpan.key(span.floor()), LogSpan.key(newFloor));
        batch.setTotals(batch.totals().withLog(span.from(newFloor)));
    }
}
