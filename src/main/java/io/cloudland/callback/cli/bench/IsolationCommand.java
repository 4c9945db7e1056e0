package io.cloudland.callback.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private final LoadOptions load = new LoadOptions(50_000, 300);

    @Override
    public Integer call() {
        BenchRunner runner = new BenchRunner(spec, options);
        BenchLoad checked = load.checkedBy(runner);
        return runner.run((bed, report) -> new IsolationBench(bed, options, checked, report).run());
    }
}
