package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.rocksdb.RocksDBException;

/** Decides when what was written is forced onto the disk, beyond the commits that are so themselves. Writer only. */
final class SyncPolicy {

    static final Duration INTERVAL = Duration.ofMillis(100);

    private final Sync sync;
    private final Database database;
    private final WriteFailures failures;
    private final TimeSource time;
    private boolean unsynced;
    private long syncedAt;

    SyncPolicy(Sync sync, Database database, WriteFailures failures, TimeSource time) {
        this.sync = sync;
        this.database = database;
        this.failures = failures;
        this.time = time;
    }

    /** Whether that batch must be on the disk before anybody is told of it. */
    boolean isDueFor(Batch batch) {
        return sync == Sync.ALWAYS && batch.holdsEvents();
    }

    /** Notes that a batch was written. */
    void wrote(boolean synced) {
        if (synced) {
            synced();
        } else {
            unsynced = sync != Sync.OFF;
        }
    }

    /** Whether something is not yet forced onto the disk. */
    boolean isBehind() {
        return unsynced;
    }

    /** Forces onto the disk what is not yet there, where it is time. */
    void catchUp(boolean idle) {
        if (unsynced && (idle || time.nanoTime() - syncedAt >= INTERVAL.toNanos())) {
            catchUp();
        }
    }

    private void catchUp() {
        try {
            database.sync();
            synced();
        } catch (RocksDBException e) {
            failures.happened(e);
        }
    }

    private void synced() {
        unsynced = false;
        syncedAt = time.nanoTime();
    }
}
