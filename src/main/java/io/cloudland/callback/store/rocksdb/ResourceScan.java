package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Looks through a slot for the open deliveries of one resource, step by step, so that other reads take their turn between.
 *
 * <p>Of the rows of other resources only the first bytes are looked at. Any thread but an event loop, one at a time.
 */
final class ResourceScan {

    /** A step looks at so many rows at most. */
    static final int ROWS_PER_STEP = 2_048;

    /** A step walks over so many positions at most: a walk over graves alone ends too. */
    private static final long POSITIONS_PER_STEP = 65_536;

    /**
     * What is looked for.
     *
     * @param after only greater positions
     * @param upTo this position or a smaller one
     */
    record Wanted(String endpoint, ResourceRef resource, long after, long upTo, int limit) {}

    private final OpenStore store;
    private final OpenDeliveries rows;
    private final Wanted wanted;
    private final OpenDeliveries.UnreadableRow unreadable;
    private final byte[] mark;
    private final byte[] start = new byte[DeliveryCodec.MARKED_WITHIN];
    private final List<Delivery> found = new ArrayList<>();
    private long bytes;
    private long next;

    ResourceScan(OpenStore store, Wanted wanted, OpenDeliveries.UnreadableRow unreadable) {
        this.store = store;
        this.rows = new OpenDeliveries(store);
        this.wanted = wanted;
        this.unreadable = unreadable;
        this.mark = DeliveryCodec.markOf(wanted.resource());
        this.next = wanted.after() + 1;
    }

    /** In order of position; what cannot be read is left out and told of. */
    List<Delivery> found() {
        return found;
    }

    /** Looks on; true when everything that was wanted has been found. */
    boolean step() throws RocksDBException {
        Integer id = store.endpoints().idOf(wanted.endpoint());
        if (id == null) {
            return true;
        }
        int slot = wanted.resource().slot();
        if (next == wanted.after() + 1) {
            lookAtFirst(id, slot);
        }
        next = Math.max(next, store.watermarks().get(id, slot));
        long last =
                Math.min(Math.min(wanted.upTo(), store.totals().get().lastPosition()), next + POSITIONS_PER_STEP - 1);
        walk(new DeliveryKey(id, slot, next), new DeliveryKey(id, slot, last + 1));
        return isFull() || next > wanted.upTo() || next > store.totals().get().lastPosition();
    }

    /** One that waited for its retry stands at the very first position: found without a walk. */
    private void lookAtFirst(int id, int slot) throws RocksDBException {
        byte[] key = new DeliveryKey(id, slot, next).toBytes();
        byte[] row = next > wanted.upTo() ? null : store.database().get(Family.DELIVERIES, key);
        if (row != null && DeliveryCodec.isOf(row, mark)) {
            bytes += rows.read(wanted.endpoint(), key, row, found, unreadable);
        }
        next++;
    }

    private void walk(DeliveryKey from, DeliveryKey to) throws RocksDBException {
        if (isFull() || from.position() >= to.position()) {
            return;
        }
        try (Scan scan = rows.between(from, to.toBytes())) {
            int looked = 0;
            while (scan.isValid() && looked < ROWS_PER_STEP) {
                look(scan);
                if (isFull()) {
                    return; // Not one further: beyond may lie many graves.
                }
                looked++;
                scan.next();
            }
            next = scan.isValid() ? DeliveryKey.of(scan.key()).position() : to.position();
        }
    }

    private boolean isFull() {
        return found.size() >= wanted.limit() || bytes >= EventStore.PAGE_BYTES;
    }

    private void look(Scan scan) throws RocksDBException {
        scan.valueStart(start);
        if (DeliveryCodec.isOf(start, mark)) {
            bytes += rows.read(wanted.endpoint(), scan.key(), scan.value(), found, unreadable);
        }
    }
}
