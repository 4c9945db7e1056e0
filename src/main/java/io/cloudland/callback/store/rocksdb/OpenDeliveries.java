package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the deliveries that have not ended. Any thread but an event loop. */
final class OpenDeliveries {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final OpenStore store;

    /** Hears of a row that cannot be read. */
    @FunctionalInterface
    interface UnreadableRow {
        void found(DeliveryKey key, byte[] row, String why);
    }

    OpenDeliveries(OpenStore store) {
        this.store = store;
    }

    /** In order of position; what cannot be read is left out and told of. */
    List<Delivery> after(String endpoint, int slot, long afterPosition, int limit, UnreadableRow unreadable)
            throws RocksDBException {
        List<Delivery> found = new ArrayList<>();
        Integer id = store.endpoints().idOf(endpoint);
        if (id == null) {
            return found;
        }
        long from = Math.max(afterPosition + 1, store.watermarks().get(id, slot));
        try (Scan scan = from(id, slot, from)) {
            long bytes = 0;
            while (scan.isValid()) {
                bytes += read(endpoint, scan.key(), scan.value(), found, unreadable);
                if (found.size() >= limit || bytes >= EventStore.PAGE_BYTES) {
                    break; // Not one further: beyond may lie many graves.
                }
                scan.next();
            }
        }
        return found;
    }

    private Scan from(int endpointId, int slot, long position) {
        return between(new DeliveryKey(endpointId, slot, position), DeliveryKey.endOf(endpointId, slot));
    }

    /** From a key, included, to one, not included. */
    Scan between(DeliveryKey from, byte[] to) {
        byte[] first = from.toBytes();
        return store.database().scan(Family.DELIVERIES, first, to).first(first);
    }

    /** Adds what the row holds; returns how many bytes the body has. */
    int read(String endpoint, byte[] key, byte[] row, List<Delivery> found, UnreadableRow unreadable)
            throws RocksDBException {
        DeliveryKey at = DeliveryKey.of(key);
        try {
            DeliveryCodec.Row body = DeliveryCodec.decode(row);
            RetryCodec.Row retry = retryOf(key, body);
            found.add(new Delivery(
                    at.position(), body.event(), endpoint, body.payload(), retry.attemptsMade(), retry.notBefore()));
            return body.payload().body().length;
        } catch (IllegalArgumentException e) {
            unreadable.found(at, row, String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /** An unreadable count of attempts is no reason to give the delivery up: it starts anew. */
    private RetryCodec.Row retryOf(byte[] key, DeliveryCodec.Row body) throws RocksDBException {
        RetryCodec.Row untried = new RetryCodec.Row(0, body.event().recordedAt());
        byte[] row = store.database().get(Family.RETRIES, key);
        if (row == null) {
            return untried;
        }
        try {
            return RetryCodec.decode(row);
        } catch (IllegalArgumentException e) {
            log.warn(
                    "The attempts of {} cannot be read: {}; they are counted from 0 again",
                    body.event().id(),
                    e.getMessage());
            return untried;
        }
    }

    /** The position of the first open delivery of a slot; where there is none, the one after the last ever given away. */
    long head(int endpointId, int slot) throws RocksDBException {
        long none = store.totals().get().lastPosition() + 1;
        long from = store.watermarks().get(endpointId, slot);
        try (Scan scan = from(endpointId, slot, from)) {
            return scan.isValid() ? DeliveryKey.of(scan.key()).position() : none;
        }
    }
}
