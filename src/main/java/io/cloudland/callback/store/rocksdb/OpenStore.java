package io.cloudland.callback.store.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
import org.rocksdb.RocksDBException;

/**
 * An open database and what is kept of it in the heap.
 *
 * @param totals the counts as of the last commit
 */
record OpenStore(
        Database database,
        Meta meta,
        String epoch,
        EndpointIds endpoints,
        Watermarks watermarks,
        StateCache states,
        CurrentTotals totals,
        SeenWindow seen,
        InboxSize inboxSize,
        OpenShares shares) {

    private static final long MAX_STATE_BYTES = 64L << 20;

    /** The counts, written by the writer and read by anyone. */
    static final class CurrentTotals {
        private volatile Totals value;

        CurrentTotals(Totals value) {
            this.value = value;
        }

        Totals get() {
            return value;
        }

        void set(Totals value) {
            this.value = value;
        }
    }

    static OpenStore open(Path path, long maxBytes, String newEpoch, Duration dedupWindow) throws RocksDBException {
        Database database = Database.open(path, maxBytes);
        try {
            Meta meta = new Meta(database);
            meta.claim(path, newEpoch);
            return new OpenStore(
                    database,
                    meta,
                    meta.epoch(),
                    meta.endpoints(),
                    meta.watermarks(),
                    new StateCache(
                            Math.min(MAX_STATE_BYTES, Runtime.getRuntime().maxMemory() / 8)),
                    new CurrentTotals(meta.totals()),
                    new SeenWindow(dedupWindow),
                    InboxSize.count(database),
                    new OpenShares(database.isEmpty(Family.EVENTS)));
        } catch (RocksDBException | RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
