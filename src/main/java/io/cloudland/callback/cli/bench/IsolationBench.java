package io.cloudland.callback.cli.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Six healthy endpoints alone, beside four that hang, drip, reset and answer 500, and, if asked, beside four that are well. */
final class IsolationBench {

    static final List<String> HEALTHY =
            IntStream.rangeClosed(1, 6).mapToObj(number -> "/healthy/" + number).toList();

    private final TestBed bed;
    private final BenchOptions options;
    private final IsolationTerms terms;
    private final BenchLoad load;
    private final BenchReport report;

    IsolationBench(TestBed bed, BenchOptions options, IsolationTerms terms, BenchReport report) {
        this.bed = bed;
        this.options = options;
        this.terms = terms;
        this.load = terms.load();
        this.report = report;
    }

    /** Runs, reports, and tells whether the audit of the healthy six passed. */
    boolean run() {
        report.head("isolation", bed, options);
        report.line("load       %s", terms.text());
        report.line("bad        one hangs, one drips, one resets, one answers 500; all well while warming up");
        report.figure("load", terms.toJson());
        Map<IsolationCompany, List<Round>> rounds = new EnumMap<>(IsolationCompany.class);
        for (int number = 1; number <= load.rounds(); number++) {
            for (IsolationCompany company : IsolationCompany.inOrderOf(number, terms.besideWell())) {
                rounds.computeIfAbsent(company, none -> new ArrayList<>()).add(round(number, company));
            }
        }
        return new IsolationReport(report, rounds).print();
    }

    private Round round(int number, IsolationCompany company) {
        try (SenderRun run = bed.start(options, load.inFlight(), terms.parkAfter(), HEALTHY, company.others())) {
            run.sendAll(Math.max(1, options.warmup / HEALTHY.size()));
            run.delaySink(terms.answerMillis());
            if (company.fallsIll()) {
                run.makeOthersIll();
            }
            run.sendSteadily(load.steadyPerSecond(), terms.settleSeconds());
            long[] before = run.latencies();
            Figures figures = run.measure(load.count());
            run.sendSteadily(load.steadyPerSecond(), load.steadySeconds());
            Round round = new Round(figures, before, run.latencies(), run.audit(), run.bodyBytes(), run.refused());
            report.line(
                    "round %d    %-26s %,.0f deliveries/s to the six, steady p99 %.2f ms",
                    number, company.text(), figures.perSecond(), round.steadyP99Millis());
            return round;
        }
    }
}
