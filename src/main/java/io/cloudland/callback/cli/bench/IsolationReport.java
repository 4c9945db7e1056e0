package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;

/** Tells what the rounds of the isolation benchmark came to. */
final class IsolationReport {

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
        printRatio("with the bad / alone", IsolationCompany.ALONE, "ratio_to_alone");
        printRatio("with the bad / with as many that are well", IsolationCompany.BESIDE_WELL, "ratio_to_well");
        report.figure("ratio_aim", IsolationRatio.AIM);
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

    private void printRatio(String text, IsolationCompany base, String key) {
        List<Round> without = rounds.getOrDefault(base, List.of());
        if (without.isEmpty()) {
            return;
        }
        IsolationRatio ratio = IsolationRatio.of(rounds.getOrDefault(IsolationCompany.BESIDE_BAD, List.of()), without);
        report.line("%-42s %s", text, ratio.text());
        report.figure(key, ratio.toJson());
    }
}
