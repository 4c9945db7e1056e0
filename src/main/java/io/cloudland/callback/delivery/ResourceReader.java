package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.store.EventStore;
import io.vertx.core.Future;
import java.util.List;

/** Reads on in the store for one resource alone that fell behind. Confined to its lane's context. */
final class ResourceReader {

    private final EventStore store;
    private final String endpoint;
    private final Window window;
    private final ReadFailures failures;

    ResourceReader(EventStore store, String endpoint, Window window, ReadFailures failures) {
        this.store = store;
        this.endpoint = endpoint;
        this.window = window;
        this.failures = failures;
    }

    /** How many to read when it is that resource's turn and nothing of it is in memory. */
    int turnOf(ResourceQueue queue) {
        return !queue.hasGivenBack() && window.hasRoomToReadAhead() ? ResourceQueue.LOW : 1;
    }

    /** Whether a resource whose delivery ended should read on before it runs dry. */
    boolean isDue(ResourceQueue queue) {
        return queue.isBehind()
                && queue.isLoaded()
                && queue.size() <= ResourceQueue.LOW
                && !queue.isBeingRead()
                && window.hasRoomToReadAhead();
    }

    /** Adds at most {@code limit} to what the queue holds. One read of a queue at a time. */
    Future<Void> read(ResourceQueue queue, int limit) {
        long upTo = queue.passedOver();
        queue.readStarts();
        return pendingOf(queue, limit)
                .<Void>map(found -> take(queue, upTo, found))
                .onFailure(failure -> {
                    queue.readEnds();
                    failures.happened(queue.resource(), failure);
                });
    }

    private Future<List<Delivery>> pendingOf(ResourceQueue queue, int limit) {
        try {
            return store.pendingOf(endpoint, queue.resource(), queue.heldTo(), queue.passedOver(), limit);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    @SuppressWarnings("NullAway") // Void has no other value.
    private Void take(ResourceQueue queue, long upTo, List<Delivery> found) {
        queue.readEnds();
        for (Delivery delivery : found) {
            queue.addRead(delivery);
            window.add(delivery);
        }
        if (found.isEmpty()) {
            queue.nothingUpTo(upTo);
        }
        return null;
    }
}
