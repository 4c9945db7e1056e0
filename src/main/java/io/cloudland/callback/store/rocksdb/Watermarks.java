package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.ResourceRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Per endpoint and slot, a position below which no delivery is open, so that the head is found without walking over what
 * was deleted before it. Moved on by the writer, read by anyone.
 */
final class Watermarks {

    /** After so many ended deliveries of a slot its mark is moved on: as many graves a walk may have to cross. */
    static final int STEP = 256;

    private final Map<Integer, AtomicLongArray> marks = new ConcurrentHashMap<>();
    private final Map<Integer, int[]> ended = new ConcurrentHashMap<>();

    long get(int endpointId, int slot) {
        return ofEndpoint(endpointId).get(slot);
    }

    void set(int endpointId, int slot, long position) {
        ofEndpoint(endpointId).set(slot, position);
    }

    /** Counts a delivery that ended; true when the slot's mark should be moved on. Writer only. */
    boolean isDue(int endpointId, int slot) {
        int[] counts = ended.computeIfAbsent(endpointId, id -> new int[ResourceRef.SLOTS]);
        counts[slot] = (counts[slot] + 1) % STEP;
        return counts[slot] == 0;
    }

    private AtomicLongArray ofEndpoint(int endpointId) {
        return marks.computeIfAbsent(endpointId, id -> new AtomicLongArray(ResourceRef.SLOTS));
    }
}
