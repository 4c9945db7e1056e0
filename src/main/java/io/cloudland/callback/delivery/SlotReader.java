package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.Timers;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on in the store for one endpoint: per slot it remembers how far it has read, and goes on from there when told.
 * Confined to its verticle's context.
 */
final class SlotReader {

    private static final Logger log = LoggerFactory.getLogger("delivery");
    private static final int BATCH = 256;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final EventStore store;
    private final String endpoint;
    private final Timers timers;
    private final Consumer<List<Delivery>> sink;
    private final long[] readUpTo = new long[ResourceRef.SLOTS];
    private final BitSet reading = new BitSet(ResourceRef.SLOTS);
    private final BitSet readAgain = new BitSet(ResourceRef.SLOTS);
    private boolean closed;

    SlotReader(EventStore store, String endpoint, Timers timers, Consumer<List<Delivery>> sink) {
        this.store = store;
        this.endpoint = endpoint;
        this.timers = timers;
        this.sink = sink;
        Arrays.fill(readUpTo, -1);
    }

    /** Reads what is new in a slot. A call while that slot is being read makes it read once more. */
    void read(int slot) {
        if (closed) {
            return;
        }
        if (reading.get(slot)) {
            readAgain.set(slot);
            return;
        }
        reading.set(slot);
        readAgain.clear(slot);
        store.pending(endpoint, slot, readUpTo[slot], BATCH)
                .onSuccess(found -> took(slot, found))
                .onFailure(failure -> failed(slot, failure));
    }

    private void took(int slot, List<Delivery> found) {
        if (!found.isEmpty()) {
            readUpTo[slot] = found.get(found.size() - 1).position();
            sink.accept(found);
        }
        reading.clear(slot);
        if (found.size() == BATCH || readAgain.get(slot)) {
            read(slot);
        }
    }

    private void failed(int slot, Throwable failure) {
        reading.clear(slot);
        if (closed) {
            return;
        }
        log.warn(
                "Slot {} of endpoint {} could not be read: {}; tried again in {} ms",
                slot,
                endpoint,
                failure.toString(),
                PAUSE_AFTER_FAILURE.toMillis());
        timers.schedule(PAUSE_AFTER_FAILURE, () -> read(slot));
    }

    void close() {
        closed = true;
    }
}
