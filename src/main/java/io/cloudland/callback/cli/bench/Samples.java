package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Event ids, as {@link Audit#hash}, with a time each, in the order they came. Not thread-safe. */
final class Samples {

    private long[] ids = new long[1024];
    private long[] nanos = new long[1024];
    private int size;

    void add(String id, long at) {
        add(Audit.hash(id), at);
    }

    void add(long id, long at) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        ids[size] = id;
        nanos[size++] = at;
    }

    int size() {
        return size;
    }

    /** Events per second between the first and the last sample; 0 where there are fewer than two. */
    double perSecond() {
        if (size() < 2) {
            return 0;
        }
        long spanNanos = nanos[size - 1] - nanos[0];
        return spanNanos <= 0 ? 0 : (size() - 1) * 1e9 / spanNanos;
    }

    /** The nanoseconds from each of these to the first sample of the same id in {@code ends}, sorted. */
    long[] until(Samples ends) {
        Map<Long, Long> endById = new HashMap<>();
        for (int i = 0; i < ends.size(); i++) {
            endById.putIfAbsent(ends.ids[i], ends.nanos[i]);
        }
        long[] spans = new long[size()];
        int found = 0;
        for (int i = 0; i < size(); i++) {
            Long end = endById.get(ids[i]);
            if (end != null) {
                spans[found++] = end - nanos[i];
            }
        }
        long[] sorted = Arrays.copyOf(spans, found);
        Arrays.sort(sorted);
        return sorted;
    }

    JsonObject toJson() {
        return new JsonObject().put("ids", array(ids)).put("nanos", array(nanos));
    }

    private JsonArray array(long[] values) {
        return new JsonArray(Arrays.stream(values, 0, size).boxed().toList());
    }

    static Samples ofJson(JsonObject json) {
        Samples samples = new Samples();
        JsonArray ids = json.getJsonArray("ids");
        JsonArray nanos = json.getJsonArray("nanos");
        for (int i = 0; i < ids.size(); i++) {
            samples.add(ids.getLong(i), nanos.getLong(i));
        }
        return samples;
    }
}
