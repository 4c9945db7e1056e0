package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.PlannedDelivery;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * One group commit in the making: what its changes write, and how the store will look after it. Nothing outside is changed
 * before {@link #published}. Writer only.
 */
final class Batch {

    private final OpenStore store;
    private final WriteBatch writes;
    private Totals totals;
    private final Map<ResourceRef, byte[]> states = new HashMap<>();
    private final Map<String, Integer> newEndpoints = new HashMap<>();
    private final Set<DeliveryKey> ended = new HashSet<>();
    private final BitSet slots = new BitSet(ResourceRef.SLOTS);
    private boolean holdsEvents;

    /**
     * @param writes empty; filled here
     */
    Batch(OpenStore store, WriteBatch writes) {
        this.store = store;
        this.writes = writes;
        this.totals = store.totals().get();
    }

    Totals totals() {
        return totals;
    }

    String epoch() {
        return store.epoch();
    }

    /** The resource's last state, as of the changes before in this batch. */
    byte @Nullable [] stateOf(ResourceRef resource) throws RocksDBException {
        byte[] row = states.get(resource);
        if (row == null) {
            row = store.states().get(resource);
        }
        return row == null ? store.database().get(Family.STATES, StateCodec.key(resource)) : row;
    }

    /** Keeps an event, its deliveries and the resource's new state. */
    void keep(ResourceChangeEvent event, List<PlannedDelivery> planned) throws RocksDBException {
        ResourceRef resource = event.resource();
        byte[] state = StateCodec.encode(event);
        long position = totals.lastPosition() + 1;
        for (PlannedDelivery plan : planned) {
            byte[] key = new DeliveryKey(idOf(plan.endpoint()), resource.slot(), position).toBytes();
            put(Family.DELIVERIES, key, DeliveryCodec.encode(event, plan.payload()));
            slots.set(resource.slot());
        }
        put(Family.STATES, StateCodec.key(resource), state);
        states.put(resource, state);
        totals = totals.withEvent(position, planned.size());
        holdsEvents = true;
    }

    private int idOf(String endpoint) throws RocksDBException {
        Integer known = store.endpoints().idOf(endpoint);
        Integer id = known == null ? newEndpoints.get(endpoint) : known;
        if (id == null) {
            id = store.endpoints().size() + newEndpoints.size() + 1;
            newEndpoints.put(endpoint, id);
            store.meta().putEndpoint(writes, endpoint, id);
        }
        return id;
    }

    /** Whether that delivery is open, as of the changes before in this batch. */
    boolean isOpen(DeliveryKey key) throws RocksDBException {
        return !ended.contains(key) && store.database().has(Family.DELIVERIES, key.toBytes());
    }

    /** Ends an open delivery that arrived. */
    void delivered(DeliveryKey key, boolean tried) throws RocksDBException {
        remove(key, tried);
        totals = totals.withDelivered();
    }

    void retry(DeliveryKey key, byte[] row) throws RocksDBException {
        put(Family.RETRIES, key.toBytes(), row);
    }

    /** Ends an open delivery as a dead letter. */
    void dead(DeliveryKey key, DeadLetter letter, byte[] letterRow) throws RocksDBException {
        remove(key, true);
        put(Family.DEAD, DeadLetterCodec.key(letter.diedAt(), key.position(), key.endpointId()), letterRow);
        totals = totals.withDead(letter.diedAt().toEpochMilli());
        holdsEvents =
                true; // The next event of the resource goes out behind it: after a power cut it must not come back.
    }

    /** One single delete for the one put of the body; the retries lie apart because they are put many times. */
    private void remove(DeliveryKey key, boolean tried) throws RocksDBException {
        writes.singleDelete(store.database().handle(Family.DELIVERIES), key.toBytes());
        if (tried) {
            writes.delete(store.database().handle(Family.RETRIES), key.toBytes());
        }
        ended.add(key);
        if (store.watermarks().isDue(key.endpointId(), key.slot())) {
            moveWatermark(key.endpointId(), key.slot());
        }
    }

    /** To the first delivery that is open as of the last commit; where there is none, past all that were ever kept. */
    private void moveWatermark(int endpointId, int slot) throws RocksDBException {
        long position = new OpenDeliveries(store).head(endpointId, slot);
        store.watermarks().set(endpointId, slot, position);
        store.meta().putWatermark(writes, endpointId, slot, position);
    }

    /** Lets the oldest dead letters go that are too many. Once, when all changes are in. */
    void bound(int maxDeadLetters) throws RocksDBException {
        totals = new DeadLetters(store).letGo(totals, maxDeadLetters, writes);
    }

    boolean isEmpty() {
        return writes.count() == 0;
    }

    long bytes() {
        return writes.getDataSize();
    }

    /** Whether it holds an event, dead ones included, which nobody has been told of before it is durable. */
    boolean holdsEvents() {
        return holdsEvents;
    }

    void write(boolean sync) throws RocksDBException {
        store.meta().putTotals(writes, totals);
        store.database().write(writes, sync);
    }

    /** Takes over, after the commit, what it changed; returns the slots that have something new. */
    BitSet published() {
        states.forEach(store.states()::put);
        newEndpoints.forEach(store.endpoints()::put);
        store.totals().set(totals);
        return slots;
    }

    private void put(Family family, byte[] key, byte[] value) throws RocksDBException {
        writes.put(store.database().handle(family), key, value);
    }
}
