package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sink's books, one for each endpoint of which it keeps account. Owned by the sink's event loop. */
final class SinkBooks {

    /** The path of the one endpoint that most benchmarks have. */
    static final String ONLY = "/callback";

    private static final long IDS_DIFFER = -1;

    private final Map<String, SinkLedger> byPath = new LinkedHashMap<>();

    /**
     * Empty books.
     *
     * @param paths those of the endpoints that are kept account of
     */
    SinkBooks(List<String> paths) {
        paths.forEach(path -> byPath.put(path, new SinkLedger()));
    }

    static SinkBooks ofJson(JsonObject ask) {
        return new SinkBooks(ask.getJsonArray("paths", JsonArray.of(ONLY)).stream()
                .map(String::valueOf)
                .toList());
    }

    /** The book of the endpoint at that path; null where none is kept. */
    @Nullable
    SinkLedger at(@Nullable String path) {
        return byPath.get(path);
    }

    /** Starts a new window of receipts everywhere; the account goes on. */
    void mark() {
        byPath.values().forEach(SinkLedger::mark);
    }

    /** The receipts since the last mark, in the order of the endpoints. */
    JsonObject windows() {
        JsonArray windows = new JsonArray();
        byPath.values().forEach(ledger -> windows.add(ledger.window().toJson()));
        return new JsonObject().put("windows", windows);
    }

    /** The account over all: what every endpoint has received, and what went wrong at any. */
    JsonObject totals() {
        List<JsonObject> each = byPath.values().stream().map(SinkLedger::totals).toList();
        long[] sums = each.stream()
                .mapToLong(totals -> totals.getLong("id_sum"))
                .distinct()
                .toArray();
        return new JsonObject()
                .put(
                        "received",
                        each.stream()
                                .mapToLong(totals -> totals.getLong("received"))
                                .min()
                                .orElse(0))
                .put("duplicates", sum(each, "duplicates"))
                .put("out_of_order", sum(each, "out_of_order"))
                .put("id_sum", sums.length == 1 ? sums[0] : IDS_DIFFER)
                .put("body_bytes", each.get(0).getLong("body_bytes"));
    }

    private static long sum(List<JsonObject> each, String key) {
        return each.stream().mapToLong(totals -> totals.getLong(key)).sum();
    }
}
