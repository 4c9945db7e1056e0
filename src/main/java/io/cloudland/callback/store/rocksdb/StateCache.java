package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.ResourceRef;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the resources that changed last, in the heap. Only what is committed is in it, and only the writer puts: a
 * reader could put back a state that has been overtaken.
 */
final class StateCache {

    private static final long ENTRY_OVERHEAD = 160;

    private final long maxBytes;
    private final Map<ResourceRef, byte[]> rows = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    StateCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized byte @Nullable [] get(ResourceRef resource) {
        return rows.get(resource);
    }

    synchronized void put(ResourceRef resource, byte[] row) {
        byte[] older = rows.put(resource, row);
        bytes += weight(row) - (older == null ? 0 : weight(older));
        Iterator<byte[]> eldest = rows.values().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= weight(eldest.next());
            eldest.remove();
        }
    }

    synchronized void clear() {
        rows.clear();
        bytes = 0;
    }

    synchronized int size() {
        return rows.size();
    }

    private static long weight(byte[] row) {
        return row.length + ENTRY_OVERHEAD;
    }
}
