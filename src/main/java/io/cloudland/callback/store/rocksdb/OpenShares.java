package io.cloudland.callback.store.rocksdb;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many deliveries of an event are still open, of the newest events that several deliveries share. A hint that spares
 * lookups: what it does not know is looked up, and nothing is deleted on its word alone. Writer only.
 */
final class OpenShares {

    /** Of so many events it is known: some 6 MiB. */
    static final int EVENTS = 65_536;

    private final Map<Long, Integer> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > EVENTS;
        }
    };

    private boolean none;

    /** @param none whether the store holds no event that deliveries share */
    OpenShares(boolean none) {
        this.none = none;
    }

    /** Whether no delivery shares its event, so that there is nothing to look up: so it is where there is one endpoint. */
    boolean areNone() {
        return none;
    }

    /** Zero where it is not known. */
    int get(long position) {
        return open.getOrDefault(position, 0);
    }

    void kept(long position, int deliveries) {
        open.put(position, deliveries);
        none = false;
    }

    void ended(long position, int deliveries) {
        open.computeIfPresent(position, (key, count) -> count > deliveries ? count - deliveries : null);
    }

    /** Forgets all: what the store holds is not known for sure. */
    void clear() {
        open.clear();
        none = false;
    }
}
