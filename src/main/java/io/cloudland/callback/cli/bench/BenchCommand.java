package io.cloudland.callback.cli.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures the service on this machine, each part in a JVM of its own, and audits what was delivered. */
@Command(
        name = "bench",
        description = "Measures the service on this machine and audits what was delivered.",
        subcommands = {
            ThroughputCommand.class,
            SlowEndpointCommand.class,
            IsolationCommand.class,
            StoreCommand.class,
            NodesCommand.class,
            BacklogCommand.class,
            ProxyCommand.class
        })
public final class BenchCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Say which benchmark: throughput, slow-endpoint, isolation, store, nodes, backlog or proxy.");
    }
}
