package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.FirstAccepted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open deliveries of one endpoint and slot, in order of position: added at the end, taken out mostly near the front.
 *
 * <p>A sorted array with holes: found by binary search, without a node or a boxed number per delivery. Guarded by
 * {@link Deliveries}.
 */
final class SlotQueue {

    private static final int SMALLEST = 8;

    private long[] positions = new long[SMALLEST];
    private @Nullable Delivery[] items = new Delivery[SMALLEST];
    private int start;
    private int end;
    private int live;

    /** @param delivery with a greater position than any before */
    void add(Delivery delivery) {
        if (end == items.length) {
            makeRoom();
        }
        positions[end] = delivery.position();
        items[end] = delivery;
        end++;
        live++;
    }

    /** Closes the holes, into a larger array where it is more than half full, a smaller one where it is nearly empty. */
    private void makeRoom() {
        int length = Math.max(SMALLEST, live * 2 + 1);
        long[] newPositions = new long[length];
        @Nullable Delivery[] newItems = new Delivery[length];
        int to = 0;
        for (int from = start; from < end; from++) {
            if (items[from] != null) {
                newPositions[to] = positions[from];
                newItems[to] = items[from];
                to++;
            }
        }
        positions = newPositions;
        items = newItems;
        start = 0;
        end = to;
    }

    List<Delivery> after(long position, int limit) {
        Page page = new Page(Math.min(limit, live));
        for (int i = firstAfter(position); i < end && page.hasRoom(limit); i++) {
            Delivery item = items[i];
            if (item != null) {
                page.add(item);
            }
        }
        return page.deliveries;
    }

    /** Those of one resource, no further than a position. */
    List<Delivery> of(ResourceRef resource, long position, long upTo, int limit) {
        Page page = new Page(Math.min(limit, live));
        for (int i = firstAfter(position); i < end && positions[i] <= upTo && page.hasRoom(limit); i++) {
            Delivery item = items[i];
            if (item != null && item.resource().equals(resource)) {
                page.add(item);
            }
        }
        return page.deliveries;
    }

    private int firstAfter(long position) {
        int found = Arrays.binarySearch(positions, start, end, position);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Deliveries up to a number and to the bytes of a page. */
    private static final class Page {
        private final List<Delivery> deliveries;
        private long bytes;

        Page(int expected) {
            this.deliveries = new ArrayList<>(expected);
        }

        boolean hasRoom(int limit) {
            return deliveries.size() < limit && bytes < EventStore.PAGE_BYTES;
        }

        void add(Delivery delivery) {
            deliveries.add(delivery);
            bytes += delivery.payload().body().length;
        }
    }

    /** Offers those that match for as long as they can be among the first. */
    void offerTo(FirstAccepted first, Predicate<Delivery> matching) {
        for (int i = start; i < end && first.wants(positions[i]); i++) {
            Delivery item = items[i];
            if (item != null && matching.test(item)) {
                first.offer(item);
            }
        }
    }

    /** Null where it is not there. */
    @Nullable
    Delivery get(long position) {
        int index = find(position);
        return index < 0 ? null : items[index];
    }

    /** Does nothing where it is not there. */
    void replace(Delivery newer) {
        int index = find(newer.position());
        if (index >= 0) {
            items[index] = newer;
        }
    }

    /** Takes it out; null where it is not there. */
    @Nullable
    Delivery remove(long position) {
        int index = find(position);
        if (index < 0) {
            return null;
        }
        Delivery removed = items[index];
        items[index] = null;
        live--;
        if (live == 0) {
            start = end = 0;
        }
        while (start < end && items[start] == null) {
            start++;
        }
        return removed;
    }

    private int find(long position) {
        int index = Arrays.binarySearch(positions, start, end, position);
        return index >= 0 && items[index] != null ? index : -1;
    }
}
