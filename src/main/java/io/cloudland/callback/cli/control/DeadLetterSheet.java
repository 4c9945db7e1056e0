package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** One event's dead letters, whole, for people. */
final class DeadLetterSheet {

    private DeadLetterSheet() {}

    static List<String> of(JsonObject answer) {
        List<String> lines = new ArrayList<>();
        answer.getJsonArray("dead_letters").stream().map(JsonObject.class::cast).forEach(letter -> add(letter, lines));
        return lines.stream().map(Table::printable).toList();
    }

    private static void add(JsonObject letter, List<String> lines) {
        lines.add(letter.getString("event_id"));
        lines.add("  resource   " + letter.getString("resource") + "  " + letter.getString("resource_uuid"));
        lines.add("  status     " + letter.getString("previous_status", "-") + " → " + letter.getString("status")
                + "  by " + letter.getString("command"));
        lines.add("  sequence   " + letter.getValue("sequence") + "  in epoch " + letter.getString("epoch"));
        if (letter.containsKey("coalesced_count")) {
            lines.add("  stands for " + letter.getValue("coalesced_count") + " older ones, from #"
                    + letter.getValue("coalesced_from"));
        }
        lines.add("  recorded   " + letter.getString("recorded_at"));
        lines.add("  endpoint   " + letter.getString("endpoint"));
        lines.add("  died       " + letter.getString("died_at") + "  " + letter.getString("reason"));
        addAttempts(letter, lines);
        lines.add("  body       " + letter.getString("content_type"));
        lines.add(letter.getString("body"));
    }

    private static void addAttempts(JsonObject letter, List<String> lines) {
        JsonObject last = letter.getJsonObject("last_attempt");
        lines.add("  attempts   " + letter.getValue("attempts_made"));
        letter.getJsonArray("attempted_at").forEach(time -> lines.add("             " + time));
        lines.add("  the last   " + last.getValue("took_ms") + " ms  " + Listing.outcome(last));
    }
}
