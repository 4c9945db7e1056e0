package io.cloudland.callback.cli.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Bare loop and service in turn against the same sink: as fast as it goes, then at a steady rate. */
final class ThroughputBench {

    private final TestBed bed;
    private final BenchOptions options;
    private final BenchLoad load;
    private final BenchReport report;

    ThroughputBench(TestBed bed, BenchOptions options, BenchLoad load, BenchReport report) {
        this.bed = bed;
        this.options = options;
        this.load = load;
        this.report = report;
    }

    /** Runs, reports, and tells whether the audit passed. */
    boolean run() {
        report.head("throughput", bed, options);
        report.line("load       %s", load.text());
        report.figure("load", load.toJson());
        Map<SenderKind, List<Round>> rounds = new EnumMap<>(SenderKind.class);
        for (int number = 1; number <= load.rounds(); number++) {
            for (SenderKind kind : SenderKind.values()) {
                rounds.computeIfAbsent(kind, none -> new ArrayList<>()).add(round(number, kind));
            }
        }
        return new ThroughputReport(report, load, rounds).print(bed.serviceLogMegabytes());
    }

    private Round round(int number, SenderKind kind) {
        try (SenderRun run = bed.start(kind, options, load.inFlight())) {
            run.sendAll(options.warmup);
            Figures figures = run.measure(load.count());
            long[] saturated = run.latencies();
            run.sendSteadily(load.steadyPerSecond(), load.steadySeconds());
            report.line("round %d    %-22s %,.0f deliveries/s", number, kind.text(), figures.perSecond());
            return new Round(figures, saturated, run.latencies(), run.audit(), run.bodyBytes(), run.refused());
        }
    }
}
