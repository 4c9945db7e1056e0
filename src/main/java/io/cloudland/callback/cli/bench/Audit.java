package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * The account of one sender at the sink: what was accepted against what came.
 *
 * @param accepted events the sender was told are kept
 * @param distinct different event ids the sink received
 * @param duplicates receipts of an id that had come before
 * @param outOfOrder receipts that came after a later event of the same resource
 * @param sameIds whether the sums over the ids accepted and over those received agree
 */
record Audit(long accepted, long distinct, long duplicates, long outOfOrder, boolean sameIds) {

    static final Audit NOTHING = new Audit(0, 0, 0, 0, true);

    static Audit of(JsonObject driver, JsonObject sink) {
        return new Audit(
                driver.getLong("accepted"),
                sink.getLong("received"),
                sink.getLong("duplicates"),
                sink.getLong("out_of_order"),
                driver.getLong("id_sum").equals(sink.getLong("id_sum")));
    }

    Audit plus(Audit other) {
        return new Audit(
                accepted + other.accepted,
                distinct + other.distinct,
                duplicates + other.duplicates,
                outOfOrder + other.outOfOrder,
                sameIds && other.sameIds);
    }

    long lost() {
        return Math.max(0, accepted - distinct);
    }

    boolean passed() {
        return accepted == distinct && duplicates == 0 && outOfOrder == 0 && sameIds;
    }

    String text() {
        String counts =
                String.format(Locale.ROOT, "lost %d, duplicates %d, out of order %d", lost(), duplicates, outOfOrder);
        boolean onlyIdsDiffer = lost() == 0 && !(sameIds && accepted == distinct);
        return counts + (onlyIdsDiffer ? "; but the ids received are not the ids accepted" : "");
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("accepted", accepted)
                .put("received", distinct)
                .put("lost", lost())
                .put("duplicates", duplicates)
                .put("out_of_order", outOfOrder)
                .put("same_ids", sameIds)
                .put("passed", passed());
    }

    /** A 64-bit hash of an event id; its sum over a set of ids does not depend on their order. */
    static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
