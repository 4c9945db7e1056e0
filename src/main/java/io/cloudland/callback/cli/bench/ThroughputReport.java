package io.cloudland.callback.cli.bench;

import static io.cloudland.callback.cli.bench.SenderKind.BARE;
import static io.cloudland.callback.cli.bench.SenderKind.SERVICE;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells what the rounds of the throughput benchmark came to. */
final class ThroughputReport {

    private static final double AIM = 0.7;

    private final BenchReport report;
    private final BenchLoad load;
    private final Map<SenderKind, List<Round>> rounds;

    ThroughputReport(BenchReport report, BenchLoad load, Map<SenderKind, List<Round>> rounds) {
        this.report = report;
        this.load = load;
        this.rounds = rounds;
    }

    /** Prints all of it, and tells whether the audit passed. */
    boolean print(double serviceLogMegabytes) {
        report.line("%n%-24s %14s %12s %8s %12s", "medians", "deliveries/s", "CPU s/100k", "RSS MB", "body bytes");
        printFigures(BARE);
        printFigures(SERVICE);
        printRatio();
        printSideFigures(serviceLogMegabytes);
        printLatencies();
        Audit audit = of(SERVICE, Round::audit).stream().reduce(Audit.NOTHING, Audit::plus);
        report.audit(audit);
        return audit.passed();
    }

    private void printFigures(SenderKind kind) {
        Figures median = Figures.medians(of(kind, Round::figures));
        long bytes = of(kind, Round::bodyBytes).get(0);
        report.line(
                "%-24s %,14.0f %12.2f %8.0f %12d",
                kind.text(), median.perSecond(), median.cpuSecondsPer100k(), median.rssMegabytes(), bytes);
        JsonArray each = new JsonArray(of(kind, round -> round.figures().toJson()));
        JsonObject json = median.toJson().put("body_bytes", bytes).put("rounds", each);
        report.figure(kind.key(), json);
    }

    private void printRatio() {
        List<Double> ratios =
                IntStream.range(0, load.rounds()).mapToObj(this::ratio).toList();
        double median =
                Figures.median(ratios.stream().mapToDouble(ratio -> ratio).toArray());
        String each = ratios.stream()
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .collect(Collectors.joining(" "));
        report.line(
                "ratio service/bare %.2f (rounds: %s); aim >= %.2f: %s",
                median, each, AIM, median >= AIM ? "reached" : "NOT reached");
        report.figure("ratio", median);
        report.figure("ratio_aim", AIM);
        report.figure("ratio_rounds", new JsonArray(ratios));
    }

    private double ratio(int round) {
        double bare = of(BARE, Round::figures).get(round).perSecond();
        return bare == 0 ? 0 : of(SERVICE, Round::figures).get(round).perSecond() / bare;
    }

    private void printSideFigures(double serviceLogMegabytes) {
        long refused =
                of(SERVICE, Round::refused).stream().mapToLong(Long::longValue).sum();
        report.line(
                "the service's CPU includes making the commands; it logged %.0f MB to a file and refused %d commands",
                serviceLogMegabytes, refused);
        report.figure("service_log_mb", serviceLogMegabytes);
        report.figure("refused", refused);
    }

    private void printLatencies() {
        report.line("%n%-46s %8s %8s %8s %8s", "latency in ms, sent -> at the sink", "p50", "p99", "p99.9", "max");
        String steady = " at a steady " + load.steadyPerSecond() + "/s";
        printLatency(BARE, steady, "steady", Round::steady);
        printLatency(SERVICE, steady, "steady", Round::steady);
        String saturated = " in saturation (the queue's length)";
        printLatency(BARE, saturated, "saturated", Round::before);
        printLatency(SERVICE, saturated, "saturated", Round::before);
    }

    private void printLatency(SenderKind kind, String when, String name, Function<Round, long[]> part) {
        Latency latency = Latency.of(of(kind, part));
        report.line(
                "%-46s %8.2f %8.2f %8.2f %8.2f",
                kind.key() + when, latency.p50Millis(), latency.p99Millis(), latency.p999Millis(), latency.maxMillis());
        report.figure("latency_" + name + "_" + kind.key(), latency.toJson());
    }

    private <T> List<T> of(SenderKind kind, Function<Round, T> part) {
        return rounds.getOrDefault(kind, List.of()).stream().map(part).toList();
    }
}
