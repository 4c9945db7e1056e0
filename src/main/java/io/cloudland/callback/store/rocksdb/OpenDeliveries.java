package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.Tries;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.FirstAccepted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** Adds the delivery that the row is of; returns how many bytes the body has. */
    int read(String endpoint, byte[] key, byte[] row, List<Delivery> found, UnreadableRow unreadable)
            throws RocksDBException {
        DeliveryKey at = DeliveryKey.of(key);
        byte[] shared = DeliveryCodec.isShared(row) ? store.database().get(Family.EVENTS, at.eventKey()) : null;
        try {
            DeliveryCodec.Row body = body(row, shared);
            found.add(delivery(endpoint, at, key, body));
            return body.payload().body().length;
        } catch (IllegalArgumentException e) {
            if (store.database().has(Family.DELIVERIES, key)) { // Else it ended meanwhile, and the shared row with it.
                unreadable.found(at, shared == null ? row : shared, String.valueOf(e.getMessage()));
            }
            return 0;
        }
    }

    private static DeliveryCodec.Row body(byte[] row, byte @Nullable [] shared) {
        if (!DeliveryCodec.isShared(row)) {
            return DeliveryCodec.decode(row);
        }
        if (shared == null) {
            throw new IllegalArgumentException("the row of its event is missing");
        }
        return SharedEventCodec.decode(shared, DeliveryCodec.sharedPayload(row));
    }

    private Delivery delivery(String endpoint, DeliveryKey at, byte[] key, DeliveryCodec.Row body)
            throws RocksDBException {
        RetryCodec.Row retry = retryOf(key, body.event().recordedAt());
        return new Delivery(
                at.position(),
                body.event(),
                endpoint,
                body.payload(),
                retry.attemptsMade(),
                retry.notBefore(),
                retry.tries(),
                retry.coalesced());
    }

    /** What has been tried of an open delivery, as of the last commit. */
    Tries triesOf(DeliveryKey key) throws RocksDBException {
        return retryOf(key.toBytes(), Instant.EPOCH).tries();
    }

    /**
     * Offers those of one slot that match, for as long as they can be among the first.
     *
     * @param unreadable hears of rows that cannot be read
     */
    void offerTo(
            FirstAccepted first,
            DeliveryFilter filter,
            String endpoint,
            int slot,
            Patience patience,
            UnreadableRow unreadable)
            throws RocksDBException {
        Integer id = store.endpoints().idOf(endpoint);
        if (id == null) {
            return;
        }
        byte[] eventId = filter.eventId()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        List<Delivery> one = new ArrayList<>(1);
        try (Scan scan = from(id, slot, store.watermarks().get(id, slot))) {
            for (; scan.isValid() && first.wants(DeliveryKey.of(scan.key()).position()); scan.next()) {
                patience.step();
                byte[] row = scan.value();
                if (eventId == null || DeliveryCodec.isOfEvent(row, eventId)) {
                    read(endpoint, scan.key(), row, one, unreadable);
                    one.stream().filter(filter::matches).forEach(first::offer);
                    one.clear();
                }
            }
        }
    }

    /** An unreadable count of attempts is no reason to give the delivery up: it starts anew. */
    private RetryCodec.Row retryOf(byte[] key, Instant recordedAt) throws RocksDBException {
        RetryCodec.Row untried = new RetryCodec.Row(0, recordedAt, Tries.none(), Coalesced.NOTHING);
        byte[] row = store.database().get(Family.RETRIES, key);
        if (row == null) {
            return untried;
        }
        try {
            return RetryCodec.decode(row);
        } catch (IllegalArgumentException e) {
            log.warn(
                    "The attempts of the delivery at position {} cannot be read: {}; they are counted from 0 again",
                    DeliveryKey.of(key).position(),
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
