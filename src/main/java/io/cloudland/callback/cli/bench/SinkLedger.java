package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The sink's books: which events came, which twice, which too late. Owned by the sink's event loop. */
final class SinkLedger {

    private final HashSet64 ids = new HashSet64();
    private final Map<Long, Long> lastSequence = new HashMap<>();
    private Samples window = new Samples();
    private long idSum;
    private long duplicates;
    private long outOfOrder;
    private long bodyBytes;

    /**
     * Notes a request.
     *
     * @param sequence the event's place in its resource's history; 0 where the request did not tell
     */
    void receive(String id, long resourceId, long sequence, int bytes, long nanos) {
        bodyBytes += bytes;
        long hash = Audit.hash(id);
        if (!ids.add(hash)) {
            duplicates++;
            return;
        }
        idSum += hash;
        window.add(hash, nanos);
        noteOrder(resourceId, sequence);
    }

    private void noteOrder(long resourceId, long sequence) {
        long last = lastSequence.getOrDefault(resourceId, 0L);
        if (sequence > last) {
            lastSequence.put(resourceId, sequence);
        } else if (sequence > 0) {
            outOfOrder++;
        }
    }

    /** Starts a new window of receipts; the account goes on. */
    void mark() {
        window = new Samples();
    }

    Samples window() {
        return window;
    }

    JsonObject totals() {
        long requests = ids.size() + duplicates;
        return new JsonObject()
                .put("received", (long) ids.size())
                .put("duplicates", duplicates)
                .put("out_of_order", outOfOrder)
                .put("id_sum", idSum)
                .put("body_bytes", requests == 0 ? 0 : bodyBytes / requests);
    }
}
