package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.LetGoLog;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Keeps the dead letters within their bounds: lets the oldest go, some with each commit. Writer only. */
final class LetterBounds {

    private static final int STEP = 1_024;

    private final Retention bounds;
    private final SteadyClock clock;
    private final LetGoLog letGoLog;

    LetterBounds(Retention bounds, SteadyClock clock, TimeSource time) {
        this.bounds = bounds;
        this.clock = clock;
        this.letGoLog = new LetGoLog(time);
    }

    /** Lets go what is too much, when all changes of the batch are in; true where more has to go with the next commit. */
    boolean apply(Batch batch) throws RocksDBException {
        String bound =
                brokenBy(batch.totals().letters(), batch.totals().letters().floor());
        if (bound == null) {
            return false;
        }
        long before = batch.totals().run().letGo();
        boolean more = letGoOldest(batch);
        letGoLog.letGo(batch.totals().run().letGo() - before, bound);
        return more;
    }

    private boolean letGoOldest(Batch batch) throws RocksDBException {
        byte[] floor = DeadKey.floor(batch.totals().letters().floor());
        try (Scan scan = new DeadLetters(batch.store()).from(floor)) {
            int steps = 0;
            for (; scan.isValid(); scan.next()) {
                DeadKey key = DeadKey.of(scan.key());
                if (batch.letters().isGone(key)) {
                    continue;
                }
                if (steps++ == STEP || brokenBy(batch.totals().letters(), key.diedAtMillis()) == null) {
                    batch.letters().raiseFloor(key.diedAtMillis());
                    return steps > STEP;
                }
                batch.letters().letGo(key, scan.value().length);
            }
            batch.letters().raiseFloor(Long.MAX_VALUE);
            return batch.letters().hasNew() && brokenBy(batch.totals().letters(), Long.MAX_VALUE) != null;
        }
    }

    /** The option that does not allow the oldest letter, which died then; null when all is well. */
    private @Nullable String brokenBy(DeadSpan letters, long oldest) {
        if (letters.kept() > bounds.maxDeadLetters()) {
            return "callback.store.max_dead_letters";
        }
        if (letters.bytes() > bounds.deadLetterMaxBytes()) {
            return "callback.store.dead_letter_max_bytes";
        }
        boolean tooOld = !bounds.deadLetterMaxAge().isZero()
                && letters.kept() > 0
                && oldest < clock.now().minus(bounds.deadLetterMaxAge()).toEpochMilli();
        return tooOld ? "callback.store.dead_letter_max_age" : null;
    }
}
