package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** The service's lists as tables. */
final class Listing {

    private Listing() {}

    static List<String> ofDeliveries(JsonObject answer) {
        return table(
                answer,
                "deliveries",
                "nothing is owed",
                new Table("EVENT", "RESOURCE", "STATUS", "ENDPOINT", "AGE", "TRIES", "NEXT"),
                (table, row) -> table.row(
                        row.getString("event_id"),
                        row.getString("resource"),
                        row.getString("status"),
                        row.getString("endpoint"),
                        age(row, "recorded_at"),
                        row.getValue("attempts_made"),
                        next(row)));
    }

    /** When the next attempt is due; one that is due already waits for its turn. */
    private static String next(JsonObject row) {
        String until = age(row, "next_attempt_at");
        return until.startsWith("in ") ? until : "due";
    }

    static List<String> ofDeadLetters(JsonObject answer) {
        return table(
                answer,
                "dead_letters",
                "no dead letter",
                new Table("EVENT", "RESOURCE", "STATUS", "ENDPOINT", "DIED", "TRIES", "REASON"),
                (table, row) -> table.row(
                        row.getString("event_id"),
                        row.getString("resource"),
                        row.getString("status"),
                        row.getString("endpoint"),
                        age(row, "died_at"),
                        row.getValue("attempts_made"),
                        row.getString("reason")));
    }

    static List<String> ofAttempts(JsonObject answer) {
        return table(
                answer,
                "attempts",
                "no attempt",
                new Table("EVENT", "RESOURCE", "ENDPOINT", "AGO", "TRY", "TOOK", "OUTCOME"),
                (table, row) -> table.row(
                        row.getString("event_id"),
                        row.getString("resource"),
                        row.getString("endpoint"),
                        age(row, "started_at"),
                        row.getValue("number"),
                        row.getValue("took_ms") + " ms",
                        outcome(row)));
    }

    static List<String> ofEndpoints(JsonObject answer) {
        return table(
                answer,
                "endpoints",
                "no endpoint",
                new Table("ENDPOINT", "STATE", "SINCE", "UNTIL", "FAILURES", "PROBES", "WHY"),
                (table, row) -> table.row(
                        row.getString("endpoint"),
                        row.getString("state"),
                        ageIfAny(row, "since"),
                        ageIfAny(row, "until"),
                        row.getValue("consecutive_failures"),
                        row.getValue("probes"),
                        row.getString("why")));
    }

    static String ofEndpoint(JsonObject row) {
        String why = row.getString("why");
        return row.getString("endpoint") + ": " + row.getString("state") + (why.isEmpty() ? "" : ", " + why);
    }

    private static String ageIfAny(JsonObject row, String key) {
        return row.containsKey(key) ? age(row, key) : "-";
    }

    static String outcome(JsonObject attempt) {
        String excerpt = attempt.getString("excerpt", "");
        return attempt.getString("outcome") + (excerpt.isBlank() ? "" : ": " + excerpt);
    }

    private static String age(JsonObject row, String key) {
        return Ages.since(Instant.parse(row.getString(key)), Instant.now());
    }

    private static List<String> table(
            JsonObject answer, String key, String none, Table table, BiConsumer<Table, JsonObject> rower) {
        List<JsonObject> rows =
                answer.getJsonArray(key).stream().map(JsonObject.class::cast).toList();
        rows.forEach(row -> rower.accept(table, row));
        return rows.isEmpty() ? List.of(none) : table.lines();
    }
}
