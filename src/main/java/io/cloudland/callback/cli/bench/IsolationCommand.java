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

    // So many instances that an event seldom waits for the one before of its own: that is order, not company. The store
    // is the service's default: what is owed to an endpoint that takes nothing lies on the disk, not in the heap.
    @Mixin
    private final BenchOptions options = new BenchOptions(400_000, 20_000, BenchStore.ROCKSDB);

    // The slowest hundredth of a run lies in a few of its seconds: over 45 s the p99 of the six alone was 6.8 ms in one
    // run and 8.9 ms in another.
    @Mixin
    private final LoadOptions load = new LoadOptions(20_000, 100, 240);

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

    // Longer than two timeouts of 30 s: who hangs and who drips is parked after the second, and code runs for that
    // which never ran before in that process.
    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "65",
            description = "How long the bad are bad before anything is counted (${DEFAULT-VALUE}).")
    int settleSeconds;

    @Option(
            names = "--beside-well",
            description =
                    "In each round also run the six beside four more that are well, to tell what it costs that the"
                            + " four are bad from what it costs that they are there.")
    boolean besideWell;

    @Override
    public Integer call() {
        // Its optimizing compiler would take a core now and then, and that would look like the service's doing.
        BenchRunner runner = new BenchRunner(spec, options).sinkJvm("-XX:TieredStopAtLevel=1");
        BenchLoad checked = load.checkedBy(runner.atLeastZero("--answer-millis", answerMillis)
                .atLeastZero("--park-after", parkAfter)
                .atLeastOne("--settle", settleSeconds));
        IsolationTerms terms = new IsolationTerms(checked, answerMillis, parkAfter, settleSeconds, besideWell);
        return runner.run((bed, report) -> new IsolationBench(bed, options, terms, report).run());
    }
}
