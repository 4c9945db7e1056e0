package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that were opened last and nobody has read yet, in the heap: a worker that keeps up reads nothing from the disk.
 * Filled by the writer after each commit, emptied by whoever reads.
 *
 * <p>Of each endpoint's slot it holds all that were opened after some position, the floor; whoever asks for older ones has to look
 * on the disk, where all of them are. So it may forget what it likes: it raises the floor.
 */
final class FreshDeliveries {

    /** So many of a slot nobody has read: whoever reads there is behind and will go on from the disk. */
    static final int MOST_OF_SLOT = 32;

    /** What a delivery takes beside its body, about. */
    private static final long OVERHEAD_BYTES = 1_024;

    /** A delivery that was opened, with what is to be read of it; null where that is on the disk only. */
    record Opened(DeliveryKey key, @Nullable Delivery delivery) {}

    private record Place(int endpointId, int slot) {}

    private final long maxBytes;
    private final Map<Place, Deque<Delivery>> unread = new LinkedHashMap<>(); // The one unread for longest comes first.
    private final Map<Integer, long[]> floors = new HashMap<>();
    private long floorOfOthers;
    private long bytes;

    /** @param lastPosition the last one that was opened before */
    FreshDeliveries(long lastPosition, long maxBytes) {
        this.floorOfOthers = lastPosition;
        this.maxBytes = maxBytes;
    }

    /** They are committed, in the order of their positions. */
    synchronized void add(List<Opened> opened) {
        for (Opened one : opened) {
            Place place = new Place(one.key().endpointId(), one.key().slot());
            if (one.delivery() == null) {
                forget(place, one.key().position());
            } else {
                add(place, one.delivery());
            }
        }
        Iterator<Map.Entry<Place, Deque<Delivery>>> eldest = unread.entrySet().iterator();
        while (bytes > maxBytes) {
            Map.Entry<Place, Deque<Delivery>> entry = eldest.next();
            eldest.remove();
            dropped(entry.getKey(), entry.getValue(), entry.getValue().getLast().position());
        }
    }

    private void add(Place place, Delivery delivery) {
        Deque<Delivery> waiting = unread.computeIfAbsent(place, none -> new ArrayDeque<>(4));
        if (waiting.size() == MOST_OF_SLOT) {
            forget(place, delivery.position());
            return;
        }
        waiting.addLast(delivery);
        bytes += weight(delivery);
    }

    /** What became of them is committed: where they are here, whoever reads looks on the disk. */
    synchronized void changed(Iterable<DeliveryKey> keys) {
        for (DeliveryKey key : keys) {
            Place place = new Place(key.endpointId(), key.slot());
            Deque<Delivery> waiting = unread.get(place);
            if (waiting != null && waiting.getFirst().position() <= key.position()) {
                forget(place, waiting.getLast().position());
            }
        }
    }

    private void forget(Place place, long upTo) {
        Deque<Delivery> waiting = unread.remove(place);
        dropped(place, waiting == null ? new ArrayDeque<>() : waiting, upTo);
    }

    private void dropped(Place place, Deque<Delivery> waiting, long upTo) {
        waiting.forEach(delivery -> bytes -= weight(delivery));
        floorsOf(place.endpointId())[place.slot()] = upTo;
    }

    /** Holds nothing any more of what was opened up to that position. */
    synchronized void forgetAll(long upTo) {
        unread.clear();
        floors.clear();
        bytes = 0;
        floorOfOthers = upTo;
    }

    /**
     * Takes the open deliveries of a slot after a position, the first of them where they are too many or too large for a page;
     * empty where they must be read from the disk.
     */
    synchronized Optional<List<Delivery>> takeAfter(int endpointId, int slot, long position, int limit) {
        long[] floor = floorsOf(endpointId);
        if (position < floor[slot]) {
            return Optional.empty();
        }
        Place place = new Place(endpointId, slot);
        Deque<Delivery> waiting = unread.get(place);
        List<Delivery> page = new ArrayList<>();
        if (waiting != null) {
            floor[slot] = take(waiting, position, limit, page);
            if (waiting.isEmpty()) {
                unread.remove(place);
            }
        }
        return Optional.of(page);
    }

    /** Returns the position up to which nothing is here any more. */
    private long take(Deque<Delivery> waiting, long after, int limit, List<Delivery> page) {
        long upTo = after;
        long pageBytes = 0;
        while (!waiting.isEmpty() && page.size() < limit && pageBytes < EventStore.PAGE_BYTES) {
            Delivery next = waiting.removeFirst();
            bytes -= weight(next);
            if (next.position() > after) { // Any other was read from the disk.
                page.add(next);
                pageBytes += next.payload().body().length;
                upTo = next.position();
            }
        }
        return upTo;
    }

    private long[] floorsOf(int endpointId) {
        return floors.computeIfAbsent(endpointId, unknown -> {
            long[] all = new long[ResourceRef.SLOTS];
            Arrays.fill(all, floorOfOthers);
            return all;
        });
    }

    private static long weight(Delivery delivery) {
        return OVERHEAD_BYTES + delivery.payload().body().length;
    }

    /** How many it holds. */
    synchronized int size() {
        return unread.values().stream().mapToInt(Deque::size).sum();
    }
}
