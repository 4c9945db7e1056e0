package io.cloudland.callback.store.rocksdb;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The numbers that stand for endpoint names in keys; given once, kept for ever. Written by the writer, read by anyone. */
final class EndpointIds {

    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    void put(String name, int id) {
        ids.put(name, id);
        names.put(id, name);
    }

    @Nullable
    Integer idOf(String name) {
        return ids.get(name);
    }

    String nameOf(int id) {
        return names.getOrDefault(id, "endpoint " + id);
    }

    /** All that were ever given a number. */
    List<String> names() {
        return List.copyOf(ids.keySet());
    }

    int size() {
        return ids.size();
    }
}
