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
    private final BenchOptions options = new BenchOptions(300_000);

    @Mixin
    private final LoadOptions load = new LoadOptions(30_000, 300, 30);

    @Option(
            names = "--answer-millis",
            defaultValue = "50",
            description = "How long the healthy take to answer, as across a network; 0 loads the processors to the full"
                    + " (${DEFAULT-VALUE}).")
    int answerMillis;

    @Option(
            names = "--park-after",
            defaultValue = "100",
            description = "park_after_failures of all ten; 0, the service's default, never parks (${DEFAULT-VALUE}).")
    int parkAfter;

    @Override
    public Integer call() {
        BenchRunner runner = new BenchRunner(spec, options);
        BenchLoad checked = load.checkedBy(
                runner.atLeastZero("--answer-millis", answerMillis).atLeastZero("--park-after", parkAfter));
        IsolationTerms terms = new IsolationTerms(checked, answerMillis, parkAfter);
        return runner.run((bed, report) -> new IsolationBench(bed, options, terms, report).run());
    }
}
