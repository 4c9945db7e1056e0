package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the workers and the registry read. */
final class Queries {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final OpenStore store;
    private final Reader reader;
    private final Writer writer;
    private final TimeSource time;

    Queries(OpenStore store, Reader reader, Writer writer, TimeSource time) {
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.time = time;
    }

    Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        byte[] cached = store.states().get(resource);
        return cached != null
                ? Future.succeededFuture(Optional.of(StateCodec.decode(resource, cached)))
                : reader.read("the last state of " + resource, () -> readState(resource));
    }

    private Optional<ResourceState> readState(ResourceRef resource) throws RocksDBException {
        byte[] row = store.database().get(Family.STATES, StateCodec.key(resource));
        return Optional.ofNullable(row).map(bytes -> StateCodec.decode(resource, bytes));
    }

    Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return reader.read(
                "slot " + slot + " of endpoint " + endpoint,
                () -> new OpenDeliveries(store).after(endpoint, slot, afterPosition, limit, movingAside(endpoint)));
    }

    Future<List<Delivery>> pendingOf(ResourceScan.Wanted wanted) {
        return lookOn(wanted.resource(), new ResourceScan(store, wanted, movingAside(wanted.endpoint())));
    }

    /** A step at a time: a long look for one resource holds no other read back. */
    private Future<List<Delivery>> lookOn(ResourceRef resource, ResourceScan scan) {
        return reader.read("the deliveries of " + resource, scan::step)
                .compose(done -> done ? Future.succeededFuture(scan.found()) : lookOn(resource, scan));
    }

    /** Makes a dead letter of each row that cannot be read. */
    OpenDeliveries.UnreadableRow movingAside(String endpoint) {
        return (key, row, why) -> moveAside(endpoint, key, row, why);
    }

    private void moveAside(String endpoint, DeliveryKey key, byte[] row, String why) {
        log.error(
                "The delivery at position {} to {} cannot be read: {}; it becomes a dead letter, the others go on",
                key.position(),
                endpoint,
                why);
        writer.submit(Outcome.unreadable(key, Unreadable.letter(endpoint, key.position(), why, time.now()), row));
    }
}
