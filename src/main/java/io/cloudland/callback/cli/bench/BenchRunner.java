package io.cloudland.callback.cli.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiPredicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Gives a benchmark its test bed and its report, and turns how it ended into an exit code. */
final class BenchRunner {

    private final CommandSpec spec;
    private final BenchOptions options;
    private List<String> sinkJvm = List.of();

    BenchRunner(CommandSpec spec, BenchOptions options) {
        this.spec = spec;
        this.options = options;
    }

    /** Gives the sink's JVM options. */
    BenchRunner sinkJvm(String... newOptions) {
        sinkJvm = List.of(newOptions);
        return this;
    }

    /** Refuses, as a wrong use of the command, an option that makes no sense below one. */
    BenchRunner atLeastOne(String option, long value) {
        return atLeast(1, option, value);
    }

    /** Refuses an option that makes no sense below zero. */
    BenchRunner atLeastZero(String option, long value) {
        return atLeast(0, option, value);
    }

    private BenchRunner atLeast(int least, String option, long value) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " must be " + least + " or more, was " + value);
        }
        return this;
    }

    /**
     * Runs it.
     *
     * @param benchmark tells whether its audit passed
     * @return 0 when it did, 1 when it did not or the benchmark could not be run
     */
    int run(BiPredicate<TestBed, BenchReport> benchmark) {
        atLeastOne("--warmup", options.warmup)
                .atLeastOne("--resources", options.resources)
                .atLeastOne("--workers", options.workers)
                .atLeastOne("--pending", options.pending);
        CommandLine line = spec.commandLine();
        BenchReport report = new BenchReport(line.getOut());
        try (TestBed bed = TestBed.open(Placement.of(options.pin), sinkJvm)) {
            return run(benchmark, bed, report);
        } catch (IllegalStateException failure) {
            return fail(line.getErr(), "bench: " + failure.getMessage());
        }
    }

    private int run(BiPredicate<TestBed, BenchReport> benchmark, TestBed bed, BenchReport report) {
        try {
            boolean passed = benchmark.test(bed, report);
            report.writeTo(options.json);
            return passed
                    ? CommandLine.ExitCode.OK
                    : fail(spec.commandLine().getErr(), "bench: the audit failed; the logs stay in " + bed.keepLogs());
        } catch (IllegalStateException failure) {
            bed.keepLogs();
            throw failure;
        }
    }

    private static int fail(PrintWriter err, String message) {
        err.println(message);
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
