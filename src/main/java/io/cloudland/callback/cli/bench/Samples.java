package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Event ids with a time each, in the order they came. Not thread-safe. */
final class Samples {

    private final List<String> ids = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    void add(String id, long at) {
        ids.add(id);
        nanos.add(at);
    }

    int size() {
        return ids.size();
    }

    /** Events per second between the first and the last sample; 0 where there are fewer than two. */
    double perSecond() {
        if (size() < 2) {
            return 0;
        }
        long spanNanos = nanos.get(size() - 1) - nanos.get(0);
        return spanNanos <= 0 ? 0 : (size() - 1) * 1e9 / spanNanos;
    }

    /** The nanoseconds from each of these to the first sample of the same id in {@code ends}, sorted. */
    long[] until(Samples ends) {
        Map<String, Long> endById = new HashMap<>();
        for (int i = 0; i < ends.size(); i++) {
            endById.putIfAbsent(ends.ids.get(i), ends.nanos.get(i));
        }
        long[] spans = new long[size()];
        int found = 0;
        for (int i = 0; i < size(); i++) {
            Long end = endById.get(ids.get(i));
            if (end != null) {
                spans[found++] = end - nanos.get(i);
            }
        }
        long[] sorted = Arrays.copyOf(spans, found);
        Arrays.sort(sorted);
        return sorted;
    }

    JsonObject toJson() {
        return new JsonObject().put("ids", new JsonArray(ids)).put("nanos", new JsonArray(nanos));
    }

    static Samples ofJson(JsonObject json) {
        Samples samples = new Samples();
        JsonArray ids = json.getJsonArray("ids");
        JsonArray nanos = json.getJsonArray("nanos");
        for (int i = 0; i < ids.size(); i++) {
            samples.add(ids.getString(i), nanos.getLong(i));
        }
        return samples;
    }
}
