package io.cloudland.callback.cli.bench;

import picocli.CommandLine.Option;

/** The options by which a benchmark of several rounds is told how much to send. */
final class LoadOptions {

    @Option(names = "--rounds", description = "Rounds; each runs everything that is compared (${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--count", description = "Counted events of a run (${DEFAULT-VALUE}).")
    long count;

    @Option(names = "--in-flight", description = "Requests in flight to each endpoint (${DEFAULT-VALUE}).")
    int inFlight = 64;

    @Option(names = "--rate", description = "Events/s of the steady phase (${DEFAULT-VALUE}).")
    int rate;

    @Option(names = "--seconds", description = "Length of the steady phase (${DEFAULT-VALUE}).")
    int seconds;

    /** Those that depend on the benchmark. */
    LoadOptions(long count, int rate, int seconds) {
        this.count = count;
        this.rate = rate;
        this.seconds = seconds;
    }

    /** What they say, refused by {@code runner} where that makes no sense. */
    BenchLoad checkedBy(BenchRunner runner) {
        runner.atLeastOne("--rounds", rounds)
                .atLeastOne("--count", count)
                .atLeastOne("--in-flight", inFlight)
                .atLeastOne("--rate", rate)
                .atLeastOne("--seconds", seconds);
        return new BenchLoad(rounds, count, inFlight, rate, seconds);
    }
}
