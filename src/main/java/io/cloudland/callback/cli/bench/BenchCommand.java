package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.HelpOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Say which benchmark: throughput, slow-endpoint, isolation, store, nodes, backlog or proxy.");
    }
}
