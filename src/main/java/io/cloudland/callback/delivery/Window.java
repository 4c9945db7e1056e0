package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.store.EventStore;

/**
 * How much of the backlog one lane keeps in memory: so many deliveries, so many bytes of bodies, so many resources. The
 * rest stays in the store. Confined to its lane's context.
 */
final class Window {

    /** So many deliveries are read from a slot at a time. */
    static final int PAGE = 128;

    /** What all workers together keep for one endpoint. */
    private static final int DELIVERIES_PER_ENDPOINT = 4_096;

    private static final long BYTES_PER_ENDPOINT = 16L << 20;
    private static final int RESOURCES_PER_ENDPOINT = 100_000;

    private final int maxDeliveries;
    private final long maxBytes;
    private final int maxResources;
    private int deliveries;
    private long bytes;
    private int resources;
    private int pages;

    Window(int maxDeliveries, long maxBytes, int maxResources) {
        this.maxDeliveries = maxDeliveries;
        this.maxBytes = maxBytes;
        this.maxResources = maxResources;
    }

    /**
     * One worker's part: large enough to keep all of its attempts under way and to read some pages at once.
     *
     * @param maxInFlight how many attempts this worker may have under way
     */
    static Window of(int maxInFlight, int workers) {
        return new Window(
                Math.max(Math.max(DELIVERIES_PER_ENDPOINT / workers, 4 * PAGE), 4 * maxInFlight),
                Math.max(BYTES_PER_ENDPOINT / workers, 4 * EventStore.PAGE_BYTES),
                Math.max(RESOURCES_PER_ENDPOINT / workers, 1_000));
    }

    /** Keeps room for a page of a slot that is about to be read, if there is any: slots fill three quarters at most. */
    boolean tryReservePage() {
        int more = pages + 1;
        boolean room = resources < maxResources
                && deliveries + more * PAGE <= maxDeliveries / 4 * 3
                && bytes + (long) more * EventStore.PAGE_BYTES <= maxBytes / 4 * 3;
        pages += room ? 1 : 0;
        return room;
    }

    /** The page has come, or will not. */
    void releasePage() {
        pages--;
    }

    /** Whether a resource that is behind may read on ahead of its turn: the last quarter is for those. */
    boolean hasRoomToReadAhead() {
        return deliveries + ResourceQueue.LOW <= maxDeliveries && bytes + EventStore.PAGE_BYTES <= maxBytes;
    }

    /** Whether those who wait should give back what they hold. */
    boolean isHalfFull() {
        return deliveries * 2 >= maxDeliveries || bytes * 2 >= maxBytes;
    }

    void add(Delivery delivery) {
        deliveries++;
        bytes += delivery.payload().body().length;
    }

    void remove(Delivery delivery) {
        deliveries--;
        bytes -= delivery.payload().body().length;
    }

    void resourceCame() {
        resources++;
    }

    void resourceWent() {
        resources--;
    }

    int deliveries() {
        return deliveries;
    }

    long bytes() {
        return bytes;
    }
}
