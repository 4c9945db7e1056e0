package io.cloudland.callback.cli.demo;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was sent, what the service said to it, and what reached the receiver; each beside what was expected. */
final class DayAccount {

    private final Map<String, Integer> expectedReplies = new TreeMap<>();
    private final Map<String, Integer> replies = new TreeMap<>();
    private final List<String> eventIds = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private final boolean crashes;
    private int expectedEvents;

    /**
     * @param crashes the service dies in between: a callback may then come twice, and any number be refused
     */
    DayAccount(List<Step> steps, boolean crashes) {
        this.crashes = crashes;
        for (Step step : steps) {
            expectedReplies.merge(step.expected().kind(), 1, Integer::sum);
            expectedEvents += step.expected().events();
        }
    }

    void replied(Step step, JsonObject reply) {
        JsonArray ids = reply.getJsonArray("event_ids", new JsonArray());
        ids.forEach(id -> eventIds.add(id.toString()));
        note(step, Reply.of(reply));
    }

    void failed(Step step, Throwable failure) {
        note(step, Reply.of(failure));
    }

    private void note(Step step, Reply reply) {
        replies.merge(reply.kind(), 1, Integer::sum);
        if (!reply.equals(step.expected())) {
            surprises.add(step.at() + " " + step.line() + ": expected " + step.expected() + ", got " + reply);
        }
    }

    /** How many of the accepted events the receiver has not taken. */
    long lost(Receiver receiver) {
        return eventIds.stream().filter(id -> !receiver.hasTaken(id)).count();
    }

    /** Whether all went as it should. */
    boolean isGood(Receiver receiver) {
        Report report = receiver.report();
        return surprises.isEmpty()
                && eventIds.size() == expectedEvents
                && lost(receiver) == 0
                && report.unique() == expectedEvents
                && (crashes || report.duplicate() == 0)
                && report.outOfOrder() + report.missing() + report.chainBreaks() == 0;
    }

    /** The account as lines. */
    List<String> lines(Receiver receiver, int refusedAtFirst) {
        Report report = receiver.report();
        List<String> lines =
                new ArrayList<>(List.of("", String.format(Locale.ROOT, "%-38s %6s %9s", "", "count", "expected")));
        lines.add(line("commands sent", sum(replies), sum(expectedReplies)));
        TreeSet<String> kinds = new TreeSet<>(expectedReplies.keySet());
        kinds.addAll(replies.keySet());
        kinds.forEach(kind ->
                lines.add(line("  " + kind, replies.getOrDefault(kind, 0), expectedReplies.getOrDefault(kind, 0))));
        lines.add(line("events accepted", eventIds.size(), expectedEvents));
        lines.add(line("callbacks received", report.unique(), expectedEvents));
        lines.add(allowed("callbacks answered 503, then retried", report.rejected(), refusedAtFirst));
        lines.add(allowed("duplicates", report.duplicate(), 0));
        lines.add(line("lost", lost(receiver), 0));
        lines.add(line("out of order", report.outOfOrder(), 0));
        lines.add(line("gaps in a resource's sequence", report.missing(), 0));
        lines.add(line("breaks in a resource's status chain", report.chainBreaks(), 0));
        surprises.forEach(surprise -> lines.add("NOT AS EXPECTED: " + surprise));
        return lines;
    }

    /** A count that a crash may raise. */
    private String allowed(String what, long count, long expected) {
        return crashes ? String.format(Locale.ROOT, "%-38s %6d %9s", what, count, "any") : line(what, count, expected);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String line(String what, long count, long expected) {
        return String.format(Locale.ROOT, "%-38s %6d %9d%s", what, count, expected, count == expected ? "" : "   <--");
    }
}
