package io.cloudland.callback.store.rocksdb;

import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room that the delivery log takes: it is the first to give way where room is scarce, half of it with each look at the
 * disk, and what is deleted of it is given back to the disk. Writer only.
 */
final class LogRoom {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long SMALL_BYTES = 1L << 20;

    private final Space space;
    private final Reclaimer reclaimer;
    private boolean scarce;
    private long lookedAt;
    private long givenBackTo;

    LogRoom(Space space, Reclaimer reclaimer) {
        this.space = space;
        this.reclaimer = reclaimer;
    }

    /** Whether nothing may be added to the log now. */
    boolean isScarce() {
        boolean now = space.isTight();
        if (now != scarce) {
            scarce = now;
            if (now) {
                log.warn(
                        "Room is scarce: {}; attempts are not logged, and the delivery log gives its room up, the oldest"
                                + " first. Deliveries go on",
                        space.describe());
            } else {
                log.info("There is room again: attempts are logged");
            }
        }
        return scarce;
    }

    /** Deletes the older half of the log, once for each look at the disk. */
    void giveWay(Batch batch) throws RocksDBException {
        LogSpan span = batch.totals().log();
        if (span.bytes() > 0 && space.looks() != lookedAt) {
            lookedAt = space.looks();
            long half = span.floor() + span.bytes() / 2;
            AttemptLogWriter.deleteTo(span.bytes() <= SMALL_BYTES ? span.end() : half, batch);
        }
    }

    /**
     * Gives the room of what is deleted back to the disk where it is worth it.
     *
     * @param worth from how many bytes on; anything is where room is scarce
     */
    void giveBack(long floor, long worth) {
        if (floor - givenBackTo > (scarce ? 0 : worth) && reclaimer.startLog(floor, scarce)) {
            givenBackTo = floor;
        }
    }
}
