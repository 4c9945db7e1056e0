package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the room of ended deliveries back to the disk when the store has grown to its bound: RocksDB alone would wait for
 * the next writes, and those are refused. Works on a thread of its own; started and stopped by the writer's.
 */
final class Reclaimer {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long NEVER = -1;

    private final Database database;
    private final TimeSource time;
    private @Nullable Thread thread;
    private long startedAt;
    private volatile long endedBefore = NEVER;

    Reclaimer(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /** Starts where it is worth it: once, then some time after the last run when a tenth of what is open has ended since. */
    void start(Totals totals) {
        RunCounts run = totals.run();
        long ended = run.delivered() + run.dead() + run.purged() + run.letGo();
        boolean worthIt = endedBefore == NEVER || ended - endedBefore > totals.pending() / 10;
        boolean rested = endedBefore == NEVER || time.nanoTime() - startedAt >= PAUSE_NANOS;
        if (worthIt && rested && !isBusy()) {
            endedBefore = ended;
            startedAt = time.nanoTime();
            start(this::reclaim);
        }
    }

    /**
     * Starts to give the room of the delivery log below that key back; false where it is busy.
     *
     * @param all to the last byte, whatever it costs
     */
    boolean startLog(long floor, boolean all) {
        if (isBusy()) {
            return false;
        }
        start(() -> reclaimLog(floor, all));
        return true;
    }

    private boolean isBusy() {
        return thread != null && thread.isAlive();
    }

    private void start(Runnable work) {
        thread = new Thread(work, "callback-store-reclaimer");
        thread.setDaemon(true);
        thread.start();
    }

    private void reclaimLog(long floor, boolean all) {
        try {
            database.reclaimRange(Family.LOG, LogSpan.key(0), LogSpan.key(floor), all);
        } catch (RocksDBException e) {
            log.warn("The room of the delivery log could not be given back: {}; tried again later", e.getMessage());
        }
    }

    private void reclaim() {
        try {
            database.reclaim();
        } catch (RocksDBException e) {
            endedBefore = NEVER; // So that it is worth it again.
            log.warn("The room of ended deliveries could not be given back: {}; tried again later", e.getMessage());
        }
    }

    /** Ends what is under way; nothing but closing the database may follow. */
    void stop() {
        database.stopBackgroundWork();
        Threads.join(thread);
    }
}
