package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads on in the store for one endpoint while its lane's window has room: a page of each slot that has more, in turn. Per
 * slot it remembers how far it has read; every delivery is read here once. Confined to its verticle's context.
 */
final class SlotReader {

    private final EventStore store;
    private final String endpoint;
    private final Window window;
    private final Timers timers;
    private final ReadFailures failures;
    private final Consumer<List<Delivery>> sink;
    private final long[] readUpTo = new long[ResourceRef.SLOTS];
    private final BitSet hasMore = new BitSet(ResourceRef.SLOTS);
    private final BitSet reading = new BitSet(ResourceRef.SLOTS);
    private int turn;
    private boolean looping;
    private boolean closed;

    SlotReader(
            EventStore store,
            String endpoint,
            Window window,
            Timers timers,
            ReadFailures failures,
            Consumer<List<Delivery>> sink) {
        this.store = store;
        this.endpoint = endpoint;
        this.window = window;
        this.timers = timers;
        this.failures = failures;
        this.sink = sink;
        Arrays.fill(readUpTo, -1);
    }

    /** Reads what is new in a slot, once it is its turn and there is room. */
    void read(int slot) {
        hasMore.set(slot);
        readOn();
    }

    /** Goes on reading where there is more. A loop, not a recursion: reads that end at once come back to here. */
    void readOn() {
        if (looping || closed || hasMore.isEmpty()) {
            return;
        }
        looping = true;
        try {
            for (int slot = next(); slot >= 0 && window.tryReservePage(); slot = next()) {
                turn = slot + 1;
                readPage(slot);
            }
        } finally {
            looping = false;
        }
    }

    /** The slot whose turn it is, -1 for none. */
    private int next() {
        int slot = closed ? -1 : idleFrom(turn);
        return slot < 0 && !closed ? idleFrom(0) : slot;
    }

    private int idleFrom(int first) {
        int slot = hasMore.nextSetBit(first);
        while (slot >= 0 && reading.get(slot)) {
            slot = hasMore.nextSetBit(slot + 1);
        }
        return slot;
    }

    private void readPage(int slot) {
        reading.set(slot);
        hasMore.clear(slot);
        pending(slot).onComplete(read -> {
            if (read.succeeded()) {
                took(slot, read.result());
            } else {
                failed(slot, read.cause());
            }
        });
    }

    private Future<List<Delivery>> pending(int slot) {
        try {
            return store.pending(endpoint, slot, readUpTo[slot], Window.PAGE);
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect);
        }
    }

    private void took(int slot, List<Delivery> found) {
        reading.clear(slot);
        window.releasePage();
        if (closed) {
            return;
        }
        if (!found.isEmpty()) {
            readUpTo[slot] = found.get(found.size() - 1).position();
            if (isFull(found)) {
                hasMore.set(slot);
            }
            sink.accept(found);
        }
        readOn();
    }

    private static boolean isFull(List<Delivery> page) {
        long bytes = 0;
        for (Delivery delivery : page) {
            bytes += delivery.payload().body().length;
        }
        return page.size() == Window.PAGE || bytes >= EventStore.PAGE_BYTES;
    }

    private void failed(int slot, Throwable failure) {
        window.releasePage();
        if (closed) {
            return;
        }
        failures.happened("slot " + slot, failure);
        timers.schedule(ReadFailures.PAUSE, () -> rested(slot)); // Until then it counts as being read.
        readOn();
    }

    private void rested(int slot) {
        reading.clear(slot);
        read(slot);
    }

    /** Whether everything there was has been read. */
    boolean isDry() {
        return hasMore.isEmpty() && reading.isEmpty();
    }

    /** Reads no more; what still comes in counts for nothing. */
    void close() {
        closed = true;
    }
}
