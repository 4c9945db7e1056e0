package io.cloudland.callback.cli.bench;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench slow-endpoint}. */
@Command(
        name = "slow-endpoint",
        description = "Deliveries per second to an endpoint that takes 50 ms, against what is possible in flight.")
final class SlowEndpointCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    private final BenchOptions options = new BenchOptions(2_000_000, 2_000, BenchStore.MEMORY);

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "64,256",
            description = "max_in_flight of each run (${DEFAULT-VALUE}).")
    List<Integer> inFlight;

    @Option(names = "--seconds", defaultValue = "15", description = "Measured seconds of each run (${DEFAULT-VALUE}).")
    int seconds;

    @Override
    public Integer call() {
        return new BenchRunner(spec, options)
                .atLeastOne("--in-flight", Collections.min(inFlight))
                .atLeastOne("--seconds", seconds)
                .run((bed, report) -> new SlowEndpointBench(bed, options, report).run(inFlight, seconds));
    }
}
