package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.PlannedDelivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rocksdb.RocksDBException;

/**
 * The events of one {@link Batch} and the deliveries they owe. What several deliveries share is kept once, and goes with the
 * last of them: an endpoint that is parked for days costs a few dozen bytes per event more, not a body. Writer only.
 */
final class BatchEvents {

    private final Batch batch;
    private final OpenStore store;
    private final Map<Long, Integer> kept = new HashMap<>();
    private final Map<Long, Integer> ended = new HashMap<>();

    BatchEvents(Batch batch) {
        this.batch = batch;
        this.store = batch.store();
    }

    /** @param position never used before */
    void keep(ResourceChangeEvent event, long position, List<PlannedDelivery> planned) throws RocksDBException {
        if (planned.size() == 1) {
            PlannedDelivery only = planned.get(0);
            int endpointId = batch.idOf(only.endpoint());
            batch.open(key(endpointId, event, position), DeliveryCodec.encode(event, only.payload()));
        } else if (!planned.isEmpty()) {
            keepShared(event, position, planned);
        }
    }

    private void keepShared(ResourceChangeEvent event, long position, List<PlannedDelivery> planned)
            throws RocksDBException {
        List<Payload> payloads =
                planned.stream().map(PlannedDelivery::payload).distinct().toList();
        List<Integer> endpointIds = new ArrayList<>();
        for (PlannedDelivery plan : planned) {
            int endpointId = batch.idOf(plan.endpoint());
            endpointIds.add(endpointId);
            byte[] row = DeliveryCodec.encodeShared(event, payloads.indexOf(plan.payload()));
            batch.open(key(endpointId, event, position), row);
        }
        byte[] shared = SharedEventCodec.encode(endpointIds, event, payloads);
        batch.put(Family.EVENTS, key(endpointIds.get(0), event, position).eventKey(), shared);
        kept.put(position, planned.size());
    }

    private static DeliveryKey key(int endpointId, ResourceChangeEvent event, long position) {
        return new DeliveryKey(endpointId, event.resource().slot(), position);
    }

    /** To be told of each delivery that has ended in this batch, whether it shares its event or not. */
    void ended(DeliveryKey key) throws RocksDBException {
        if (store.shares().areNone()) {
            return;
        }
        int endedHere = ended.merge(key.position(), 1, Integer::sum);
        if (store.shares().get(key.position()) > endedHere) {
            return;
        }
        byte[] row = store.database().get(Family.EVENTS, key.eventKey());
        if (row != null && !isSomeOpen(key, endpointIds(row))) {
            batch.singleDelete(Family.EVENTS, key.eventKey());
        }
    }

    private boolean isSomeOpen(DeliveryKey key, List<Integer> endpointIds) throws RocksDBException {
        for (int endpointId : endpointIds) {
            if (batch.deliveries().isOpen(new DeliveryKey(endpointId, key.slot(), key.position()))) {
                return true;
            }
        }
        return false;
    }

    /** Where the row does not tell, everybody to whom anything was ever owed. */
    private List<Integer> endpointIds(byte[] row) {
        try {
            return SharedEventCodec.endpointIds(row);
        } catch (IllegalArgumentException unreadable) {
            return IntStream.rangeClosed(1, store.endpoints().size()).boxed().toList();
        }
    }

    /** After the commit. */
    void published() {
        kept.forEach(store.shares()::kept);
        ended.forEach(store.shares()::ended);
    }
}
