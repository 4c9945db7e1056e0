package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Tries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rocksdb.RocksDBException;

/** How open deliveries go on in one {@link Batch}. Writer only. */
final class BatchDeliveries {

    private final Batch batch;
    private final OpenStore store;
    private final Set<DeliveryKey> ended = new HashSet<>();
    private final Map<DeliveryKey, Tries> retried = new HashMap<>();
    private boolean someCoalesced;

    BatchDeliveries(Batch batch) {
        this.batch = batch;
        this.store = batch.store();
    }

    /** Whether that delivery is open, as of the changes before in this batch. */
    boolean isOpen(DeliveryKey key) throws RocksDBException {
        return !ended.contains(key) && store.database().has(Family.DELIVERIES, key.toBytes());
    }

    /** What has been tried of it, as of the changes before in this batch. */
    Tries triesOf(DeliveryKey key) throws RocksDBException {
        Tries here = retried.get(key);
        return here == null ? new OpenDeliveries(store).triesOf(key) : here;
    }

    /** Ends an open delivery that arrived. */
    void delivered(DeliveryKey key, boolean tried) throws RocksDBException {
        remove(key, tried);
        batch.setTotals(batch.totals().withDelivered());
    }

    /** Notes what has been tried of an open delivery, and what it stands for. */
    void note(DeliveryKey key, RetryCodec.Row row) throws RocksDBException {
        batch.put(Family.RETRIES, key.toBytes(), RetryCodec.encode(row));
        retried.put(key, row.tries());
    }

    /** Ends an open delivery that another one stands for. */
    void coalesced(DeliveryKey key, boolean tried) throws RocksDBException {
        remove(key, tried);
        batch.setTotals(batch.totals().withCoalesced());
        someCoalesced = true;
    }

    /** Whether some ended that another one stands for: that one goes out next, and none of them may come behind it. */
    boolean someCoalesced() {
        return someCoalesced;
    }

    /** Ends an open delivery as a dead letter. */
    void dead(DeliveryKey key, DeadLetter letter, byte[] letterRow) throws RocksDBException {
        remove(key, true);
        batch.letters().add(DeadKey.of(letter, key), letterRow);
    }

    /** One single delete for the one put of the row; the retries lie apart because they are put many times. */
    private void remove(DeliveryKey key, boolean tried) throws RocksDBException {
        batch.singleDelete(Family.DELIVERIES, key.toBytes());
        if (tried) {
            batch.delete(Family.RETRIES, key.toBytes());
        }
        ended.add(key);
        batch.events().ended(key);
        if (store.watermarks().isDue(key.endpointId(), key.slot())) {
            moveWatermark(key.endpointId(), key.slot());
        }
    }

    /** To the first delivery that is open as of the last commit; where there is none, past all that were ever kept. */
    private void moveWatermark(int endpointId, int slot) throws RocksDBException {
        batch.putWatermark(endpointId, slot, new OpenDeliveries(store).head(endpointId, slot));
    }
}
