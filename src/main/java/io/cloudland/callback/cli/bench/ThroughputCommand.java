package io.cloudland.callback.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench throughput}. */
@Command(
        name = "throughput",
        description = "Deliveries per second and latency, beside a bare HTTP client loop in the same run.")
final class ThroughputCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of bare, then service (${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--count", defaultValue = "300000", description = "Counted deliveries a round (${DEFAULT-VALUE}).")
    long count;

    @Option(names = "--in-flight", defaultValue = "64", description = "Requests in flight (${DEFAULT-VALUE}).")
    int inFlight;

    @Option(names = "--rate", defaultValue = "2000", description = "Events/s of the steady phase (${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of the steady phase (${DEFAULT-VALUE}).")
    int seconds;

    @Override
    public Integer call() {
        ThroughputLoad load = new ThroughputLoad(rounds, count, inFlight, rate, seconds);
        return new BenchRunner(spec, options)
                .atLeastOne("--rounds", rounds)
                .atLeastOne("--count", count)
                .atLeastOne("--in-flight", inFlight)
                .atLeastOne("--rate", rate)
                .atLeastOne("--seconds", seconds)
                .run((bed, report) -> new ThroughputBench(bed, options, load, report).run());
    }
}
