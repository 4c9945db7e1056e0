package io.cloudland.callback.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench throughput}. */
@Command(
        name = "throughput",
        description = "Deliveries per second and latency, beside a bare HTTP client loop in the same run.")
final class ThroughputCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    private final BenchOptions options = new BenchOptions(2_000_000, 2_000, BenchStore.MEMORY);

    @Mixin
    private final LoadOptions load = new LoadOptions(300_000, 2_000, 10);

    @Override
    public Integer call() {
        BenchRunner runner = new BenchRunner(spec, options);
        BenchLoad checked = load.checkedBy(runner);
        return runner.run((bed, report) -> new ThroughputBench(bed, options, checked, report).run());
    }
}
