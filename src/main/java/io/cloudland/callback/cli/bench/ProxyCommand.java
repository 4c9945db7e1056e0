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
        description =
                "What the proxy adds to a call: latency through it and without it, in turn, with delivery going on.")
final class ProxyCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--calls", defaultValue = "1000", description = "Calls per second (${DEFAULT-VALUE}).")
    int calls;

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
        if (calls < 1 || seconds < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--calls, --seconds and --rounds must be 1 or more");
        }
        try (Workspace workspace = Workspace.in(null)) {
            JvmRun run = new JvmRun(spec.commandLine().getOut());
            return run.run(
                    List.of(),
                    ProxyBench.class,
                    workspace.path().toString(),
                    Integer.toString(calls),
                    Integer.toString(seconds),
                    Integer.toString(rounds));
        }
    }
}
