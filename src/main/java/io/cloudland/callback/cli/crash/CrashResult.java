package io.cloudland.callback.cli.crash;

import io.cloudland.callback.cli.bench.Machine;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a crash test ended: its figures as lines and as JSON.
 *
 * @param restarts how long each start after a kill took, from the process to the first command
 * @param firstFailure the first answer that a sound service would not give
 */
record CrashResult(
        CrashPlan plan,
        CrashFigures figures,
        int kills,
        List<Duration> restarts,
        Duration took,
        Optional<String> firstFailure) {

    boolean isGood() {
        return figures.isGood() && firstFailure.isEmpty() && (!plan.coalesce() || hasMerged());
    }

    private boolean hasMerged() {
        return figures.merges().merged() > 0;
    }

    List<String> lines() {
        CommandCounts commands = figures.commands();
        List<String> lines = new ArrayList<>(List.of(
                "",
                line("rounds", plan.rounds()),
                line("kills (SIGKILL)", kills),
                line("commands sent", commands.sent()),
                line("  acknowledged", commands.acknowledged()),
                line("  unknown: the answer died with the service", commands.unknown()),
                line("  refused", commands.refused()),
                line("events acknowledged", figures.acknowledged()),
                line("  delivered", figures.delivered()),
                line("  dead letters", figures.dead()),
                line(
                        "  merged into a newer one that stands for it",
                        figures.merges().merged()),
                line("  pending", figures.pending()),
                line("events of unanswered commands, kept too", figures.unacknowledged()),
                line("duplicates at the receiver (allowed)", figures.duplicates()),
                line("dead letters that had been taken (allowed)", figures.takenAndDead()),
                line(
                        "merged ones that had been taken (allowed)",
                        figures.merges().taken()),
                line("restart p50, ms", percentile(50)),
                line("restart max, ms", percentile(100)),
                "",
                "must be 0"));
        figures.promises()
                .forEach(promise -> lines.add(line("  " + promise.text(), promise.broken())
                        + (promise.broken() == 0 ? "" : "   <-- BROKEN")));
        firstFailure.ifPresent(failure -> lines.add("NOT AS EXPECTED, an answer of the service: " + failure));
        lines.add("");
        lines.add(conclusion());
        return lines;
    }

    private String conclusion() {
        return isGood()
                ? String.format(
                        Locale.ROOT,
                        "Shown: over %d kills with SIGKILL under load, every one of %,d acknowledged events was delivered"
                                + " (%,d) or is a dead letter (%,d)%s; none lost, none out of order, no gap, no break."
                                + " Seed %d.",
                        kills,
                        figures.acknowledged(),
                        figures.delivered(),
                        figures.dead(),
                        merged(),
                        plan.seed())
                : "NOT shown: a promise was broken, or nothing was acknowledged, delivered or merged. Seed "
                        + plan.seed() + ".";
    }

    private String merged() {
        return plan.coalesce()
                ? String.format(
                        Locale.ROOT,
                        ", or a newer one stands for it (%,d)",
                        figures.merges().merged())
                : "";
    }

    private long percentile(int percent) {
        List<Duration> sorted = restarts.stream().sorted().toList();
        return sorted.isEmpty()
                ? 0
                : sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1))
                        .toMillis();
    }

    private static String line(String what, long count) {
        return String.format(Locale.ROOT, "%-60s %9d", what, count);
    }

    JsonObject toJson() {
        CommandCounts commands = figures.commands();
        JsonObject promises = new JsonObject();
        figures.promises().forEach(promise -> promises.put(promise.key(), promise.broken()));
        return new JsonObject()
                .put("passed", isGood())
                .put("seed", plan.seed())
                .put("machine", Machine.here().toJson())
                .put("sync", plan.sync())
                .put("rounds", plan.rounds())
                .put("kills", kills)
                .put("took_ms", took.toMillis())
                .put("commands_sent", commands.sent())
                .put("commands_acknowledged", commands.acknowledged())
                .put("commands_unknown", commands.unknown())
                .put("commands_refused", commands.refused())
                .put("acknowledged", figures.acknowledged())
                .put("delivered", figures.delivered())
                .put("dead", figures.dead())
                .put("merged", figures.merges().merged())
                .put("merged_and_taken", figures.merges().taken())
                .put("pending", figures.pending())
                .put("unacknowledged_kept", figures.unacknowledged())
                .put("duplicates", figures.duplicates())
                .put("late_duplicates", figures.lateDuplicates())
                .put("taken_and_dead", figures.takenAndDead())
                .put("resources", figures.resources())
                .put("restart_p50_ms", percentile(50))
                .put("restart_max_ms", percentile(100))
                .put("broken", promises);
    }
}
