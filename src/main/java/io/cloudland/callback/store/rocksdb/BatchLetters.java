package io.cloudland.callback.store.rocksdb;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** What becomes of dead letters in one {@link Batch}. Writer only. */
final class BatchLetters {

    private final Batch batch;
    private final Set<DeadKey> gone = new HashSet<>();
    private long lowestDeath = Long.MAX_VALUE;

    BatchLetters(Batch batch) {
        this.batch = batch;
    }

    void add(DeadKey key, byte[] row) throws RocksDBException {
        batch.put(Family.DEAD, key.toBytes(), row);
        lowestDeath = Math.min(lowestDeath, key.diedAtMillis());
        batch.setTotals(batch.totals().withDead(key.diedAtMillis(), row.length));
    }

    /** The letter's row; null where it is gone, also by a change before in this batch. */
    byte @Nullable [] get(DeadKey key) throws RocksDBException {
        return gone.contains(key) ? null : batch.store().database().get(Family.DEAD, key.toBytes());
    }

    boolean isGone(DeadKey key) {
        return gone.contains(key);
    }

    /** Whether one died in this batch: it can be let go with the next. */
    boolean hasNew() {
        return lowestDeath != Long.MAX_VALUE;
    }

    /** Makes it a delivery again, under a new key at the end of its slot: one key is put once. */
    void replay(DeadKey key, int slot, byte[] row) throws RocksDBException {
        long position = batch.totals().lastPosition() + 1;
        DeliveryKey again = new DeliveryKey(key.endpointId(), slot, position);
        batch.open(again, DeadLetterCodec.deliveryRow(row));
        if (DeadLetterCodec.standsForOthers(row)) {
            batch.deliveries().note(again, DeadLetterCodec.untried(row));
        }
        remove(key);
        batch.setTotals(batch.totals().withReplayed(position, row.length));
    }

    void purge(DeadKey key, byte[] row) throws RocksDBException {
        remove(key);
        batch.setTotals(batch.totals().withPurged(row.length));
    }

    void letGo(DeadKey key, long rowBytes) throws RocksDBException {
        remove(key);
        batch.setTotals(batch.totals().withLetGo(1, rowBytes));
    }

    private void remove(DeadKey key) throws RocksDBException {
        batch.delete(Family.DEAD, key.toBytes());
        gone.add(key);
    }

    /**
     * Notes that no committed letter died before that millisecond, so that walks start there.
     *
     * @param millis {@link Long#MAX_VALUE} where none is left
     */
    void raiseFloor(long millis) {
        DeadSpan raised = batch.totals().letters().withFloor(Math.min(millis, lowestDeath));
        batch.setTotals(batch.totals().withLetters(raised));
    }
}
