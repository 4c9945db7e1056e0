package io.cloudland.callback.cli.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench proxy}. */
@Command(
        name = "proxy",
        description = "What the proxy adds to a call: latency through it and without it, with delivery going on.")
final class ProxyCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--calls", defaultValue = "1000", description = "Calls per second (${DEFAULT-VALUE}).")
    int calls;

    // The optimizing compiler is busy for the first 30,000 calls and more.
    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "Seconds of such calls, directly and through the proxy, before anything counts (${DEFAULT-VALUE}).")
    int warmup;

    @Option(names = "--seconds", defaultValue = "10", description = "Measured seconds of each turn (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Rounds, each with one turn of both; the median counts (${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Override
    public Integer call() {
        if (calls < ProxyCaller.CONNECTIONS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--calls must be " + ProxyCaller.CONNECTIONS + " or more, one for each connection, was " + calls);
        }
        if (seconds < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds and --rounds must be 1 or more");
        }
        if (warmup < 0) {
            throw new ParameterException(spec.commandLine(), "--warmup must be 0 or more, was " + warmup);
        }
        try (Workspace workspace = Workspace.in(null)) {
            JvmRun run = new JvmRun(spec.commandLine().getOut());
            return run.run(
                    List.of(),
                    ProxyBench.class,
                    workspace.path().toString(),
                    Integer.toString(calls),
                    Integer.toString(warmup),
                    Integer.toString(seconds),
                    Integer.toString(rounds));
        }
    }
}
