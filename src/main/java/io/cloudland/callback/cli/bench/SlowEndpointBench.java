package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The service against an endpoint that takes its time: how much of what is possible in flight it reaches. */
final class SlowEndpointBench {

    private static final long ANSWER_MILLIS = 50;
    private static final int SETTLE_SECONDS = 3;
    private static final double AIM_PERCENT = 95;
    private static final int BLOCKING_WORKERS = 3;

    private final TestBed bed;
    private final BenchOptions options;
    private final BenchReport report;
    private final JsonArray results = new JsonArray();

    SlowEndpointBench(TestBed bed, BenchOptions options, BenchReport report) {
        this.bed = bed;
        this.options = options;
        this.report = report;
    }

    /** Runs once for each limit in flight, reports, and tells whether the audit passed. */
    boolean run(List<Integer> inFlightLimits, int seconds) {
        report.head("slow-endpoint", bed, options);
        report.line("load       every answer takes %d ms; %d s each, as fast as it goes", ANSWER_MILLIS, seconds);
        report.line(
                "%n%-14s %14s %10s %9s %11s   aim >= %.0f %%",
                "max_in_flight", "deliveries/s", "possible", "%", "answer ms", AIM_PERCENT);
        Audit audit = Audit.NOTHING;
        for (int inFlight : inFlightLimits) {
            audit = audit.plus(runWith(inFlight, seconds));
        }
        double blocking = Figures.possiblePerSecond(BLOCKING_WORKERS, ANSWER_MILLIS);
        report.line(
                "by arithmetic, not measured: %d blocking workers deliver at most %.0f/s", BLOCKING_WORKERS, blocking);
        report.figure("answer_ms", ANSWER_MILLIS);
        report.figure("seconds", seconds);
        report.figure("aim_percent", AIM_PERCENT);
        report.figure("runs", results);
        report.figure("blocking_workers_per_s_by_arithmetic", blocking);
        report.audit(audit);
        return audit.passed();
    }

    private Audit runWith(int inFlight, int seconds) {
        try (SenderRun run = bed.start(SenderKind.SERVICE, options, inFlight)) {
            run.sendAll(options.warmup);
            run.delaySink(ANSWER_MILLIS);
            run.begin(Long.MAX_VALUE / 2);
            run.relayFor(SETTLE_SECONDS);
            double perSecond = run.observedRate(seconds);
            run.stop();
            reportRate(inFlight, perSecond, run.answerMillis());
            return run.audit();
        }
    }

    private void reportRate(int inFlight, double perSecond, double answerMillis) {
        double possible = Figures.possiblePerSecond(inFlight, ANSWER_MILLIS);
        double percent = Figures.percent(perSecond, possible);
        report.line(
                "%-14d %,14.0f %,10.0f %8.1f%% %11.1f   %s",
                inFlight,
                perSecond,
                possible,
                percent,
                answerMillis,
                percent >= AIM_PERCENT ? "reached" : "NOT reached");
        results.add(new JsonObject()
                .put("max_in_flight", inFlight)
                .put("deliveries_per_s", perSecond)
                .put("possible_per_s", possible)
                .put("percent", percent)
                .put("answer_ms_measured", answerMillis));
    }
}
