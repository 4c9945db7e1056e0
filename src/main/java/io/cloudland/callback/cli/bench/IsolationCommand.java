package io.cloudland.callback.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench isolation}. */
@Command(
        name = "isolation",
        description = "What four bad endpoints cost six healthy ones: deliveries per second and latency, as a ratio.")
final class IsolationCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of alone, beside well, beside bad (${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--count", defaultValue = "50000", description = "Counted events of a run (${DEFAULT-VALUE}).")
    long count;

    @Option(
            names = "--in-flight",
            defaultValue = "64",
            description = "Requests in flight to each endpoint (${DEFAULT-VALUE}).")
    int inFlight;

    @Option(names = "--rate", defaultValue = "300", description = "Events/s of the steady phase (${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "Length of the steady phase (${DEFAULT-VALUE}).")
    int seconds;

    @Override
    public Integer call() {
        IsolationLoad load = new IsolationLoad(rounds, count, inFlight, rate, seconds);
        return new BenchRunner(spec, options)
                .atLeastOne("--rounds", rounds)
                .atLeastOne("--count", count)
                .atLeastOne("--in-flight", inFlight)
                .atLeastOne("--rate", rate)
                .atLeastOne("--seconds", seconds)
                .run((bed, report) -> new IsolationBench(bed, options, load, report).run());
    }
}
