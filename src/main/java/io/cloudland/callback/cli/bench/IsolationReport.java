package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tells what the rounds of the isolation benchmark came to. */
final class IsolationReport {

    private static final double AIM = 0.95;

    private final BenchReport report;
    private final Map<IsolationCompany, List<Round>> rounds;

    IsolationReport(BenchReport report, Map<IsolationCompany, List<Round>> rounds) {
        this.report = report;
        this.rounds = rounds;
    }

    /** Prints all of it, and tells whether the audit passed. */
    boolean print() {
        report.line(
                "%n%-26s %14s %12s %8s   %s",
                "the healthy six, medians",
                "deliveries/s",
                "CPU s/100k",
                "RSS MB",
                "steady ms: p50 / p99 / p99.9 / max");
        rounds.keySet().forEach(this::printFigures);
        report.line("%n%-26s   ms: p50 / p99 / p99.9 / max", "while the bad fall ill");
        rounds.keySet().forEach(this::printBefore);
        report.line("");
        printRatios("with the bad / alone", IsolationCompany.ALONE, "ratio_to_alone");
        printRatios("with the bad / with as many that are well", IsolationCompany.BESIDE_WELL, "ratio_to_well");
        report.figure("ratio_aim", AIM);
        Audit audit =
                rounds.values().stream().flatMap(List::stream).map(Round::audit).reduce(Audit.NOTHING, Audit::plus);
        report.audit(audit);
        return audit.passed();
    }

    private void printFigures(IsolationCompany company) {
        List<Round> each = rounds.getOrDefault(company, List.of());
        Figures median = Figures.medians(each.stream().map(Round::figures).toList());
        Latency steady = Latency.of(each.stream().map(Round::steady).toList());
        report.line(
                "%-26s %,14.0f %12.2f %8.0f   %.2f / %.2f / %.2f / %.2f",
                company.text(),
                median.perSecond(),
                median.cpuSecondsPer100k(),
                median.rssMegabytes(),
                steady.p50Millis(),
                steady.p99Millis(),
                steady.p999Millis(),
                steady.maxMillis());
        JsonArray single = new JsonArray(
                each.stream().map(round -> round.figures().toJson()).toList());
        report.figure(
                company.key(), median.toJson().put("steady", steady.toJson()).put("rounds", single));
    }

    /** No aim is set for it: in the first seconds code runs that never ran before. */
    private void printBefore(IsolationCompany company) {
        Latency before = Latency.of(rounds.getOrDefault(company, List.of()).stream()
                .map(Round::before)
                .toList());
        report.line(
                "%-26s   %.2f / %.2f / %.2f / %.2f",
                company.text(), before.p50Millis(), before.p99Millis(), before.p999Millis(), before.maxMillis());
        report.figure("before_" + company.key(), before.toJson());
    }

    private void printRatios(String text, IsolationCompany base, String key) {
        double throughput = ratio(
                base,
                (with, without) ->
                        with.figures().perSecond() / without.figures().perSecond());
        double p99 = ratio(base, (with, without) -> p99(without) / p99(with));
        report.line(
                "%-42s throughput %.2f, p99 %.2f; aim >= %.2f: %s",
                text, throughput, p99, AIM, Math.min(throughput, p99) >= AIM ? "reached" : "NOT reached");
        report.figure(key, new JsonObject().put("throughput", throughput).put("p99", p99));
    }

    static double p99(Round round) {
        return Latency.of(List.of(round.steady())).p99Millis();
    }

    /** The median over the rounds; 1 is no difference, less is a cost. */
    private double ratio(IsolationCompany base, ToDoubleBiFunction<Round, Round> ratio) {
        List<Round> with = rounds.getOrDefault(IsolationCompany.BESIDE_BAD, List.of());
        List<Round> without = rounds.getOrDefault(base, List.of());
        DoubleStream each = IntStream.range(0, with.size())
                .mapToDouble(round -> ratio.applyAsDouble(with.get(round), without.get(round)));
        return Figures.median(each.toArray());
    }
}
