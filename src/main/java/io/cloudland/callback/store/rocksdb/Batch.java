package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.PlannedDelivery;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final BatchDeliveries deliveries;
    private final BatchLetters letters;
    private final BatchEvents events;
    private final BatchLog log = new BatchLog();
    private Totals totals;
    private final Map<ResourceRef, byte[]> states = new HashMap<>();
    private final Map<String, Integer> newEndpoints = new HashMap<>();
    private final BitSet slots = new BitSet(ResourceRef.SLOTS);
    private final SeenBatch seen;
    private final InboxBatch inbox;
    private boolean holdsEvents;
    private boolean totalsMatter;

    /**
     * @param writes empty; filled here
     */
    Batch(OpenStore store, WriteBatch writes) {
        this.store = store;
        this.writes = writes;
        this.totals = store.totals().get();
        this.seen = new SeenBatch(store, writes);
        this.inbox = new InboxBatch(store, writes);
        this.deliveries = new BatchDeliveries(this);
        this.letters = new BatchLetters(this);
        this.events = new BatchEvents(this);
    }

    OpenStore store() {
        return store;
    }

    /** What it does to open deliveries. */
    BatchDeliveries deliveries() {
        return deliveries;
    }

    /** Which events it keeps, and which go with their last delivery. */
    BatchEvents events() {
        return events;
    }

    /** What it does to dead letters. */
    BatchLetters letters() {
        return letters;
    }

    /** What it adds to the delivery log. */
    BatchLog log() {
        return log;
    }

    Totals totals() {
        return totals;
    }

    void setTotals(Totals changed) {
        totals = changed;
    }

    /** Makes it be written even where nothing but the totals has changed. */
    void keepTotals() {
        totalsMatter = true;
    }

    SeenBatch seen() {
        return seen;
    }

    InboxBatch inbox() {
        return inbox;
    }

    /** How many places of the queue are taken: by open deliveries and by what is kept for later. */
    long claimed() {
        return totals.pending() + inbox.size();
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
        events.keep(event, position, planned);
        put(Family.STATES, StateCodec.key(resource), state);
        states.put(resource, state);
        totals = totals.withEvent(position, planned.size());
        holdsEvents = true;
    }

    /**
     * Keeps the row of an open delivery, and wakes its slot after the commit.
     *
     * @param key never used before
     */
    void open(DeliveryKey key, byte[] row) throws RocksDBException {
        put(Family.DELIVERIES, key.toBytes(), row);
        slots.set(key.slot());
    }

    /** The endpoint's number; given to it where it has none. */
    int idOf(String endpoint) throws RocksDBException {
        Integer known = store.endpoints().idOf(endpoint);
        Integer id = known == null ? newEndpoints.get(endpoint) : known;
        if (id == null) {
            id = store.endpoints().size() + newEndpoints.size() + 1;
            newEndpoints.put(endpoint, id);
            store.meta().putEndpoint(writes, endpoint, id);
        }
        return id;
    }

    boolean isEmpty() {
        return writes.count() == 0 && !totalsMatter;
    }

    long bytes() {
        return writes.getDataSize();
    }

    /**
     * Whether it holds what nobody has been told of before it is durable: an event, a kept command, a dead letter, the end of
     * one that another stands for.
     */
    boolean holdsEvents() {
        return holdsEvents || inbox.keptSome() || letters.hasNew() || deliveries.someCoalesced();
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
        seen.published();
        inbox.published();
        events.published();
        return slots;
    }

    void put(Family family, byte[] key, byte[] value) throws RocksDBException {
        writes.put(store.database().handle(family), key, value);
    }

    void delete(Family family, byte[] key) throws RocksDBException {
        writes.delete(store.database().handle(family), key);
    }

    /** For a key that was put once and is never put again. */
    void singleDelete(Family family, byte[] key) throws RocksDBException {
        writes.singleDelete(store.database().handle(family), key);
    }

    /** From a key, included, to a key, not included. */
    void deleteRange(Family family, byte[] from, byte[] to) throws RocksDBException {
        writes.deleteRange(store.database().handle(family), from, to);
    }

    void putWatermark(int endpointId, int slot, long position) throws RocksDBException {
        store.watermarks().set(endpointId, slot, position);
        store.meta().putWatermark(writes, endpointId, slot, position);
    }
}
