package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.HelpOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench nodes}. */
@Command(
        name = "nodes",
        description =
                "Deliveries per second of one, two and three nodes on one PostgreSQL to an endpoint that takes 50 ms.")
final class NodesCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--store-uri",
            paramLabel = "URI",
            required = true,
            description = {
                "The PostgreSQL, postgresql://user@host:port/database; each run makes a schema of its own, that is left",
                "there. The password comes from CALLBACK_STORE_PASSWORD."
            })
    String storeUri;

    @Option(names = "--nodes", defaultValue = "3", description = "The largest number of nodes (${DEFAULT-VALUE}).")
    int nodes;

    @Option(
            names = "--in-flight",
            defaultValue = "16",
            description = "max_in_flight of each node (${DEFAULT-VALUE}): the limit that more nodes lift.")
    int inFlight;

    @Option(names = "--seconds", defaultValue = "15", description = "Measured seconds of each run (${DEFAULT-VALUE}).")
    int seconds;

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        atLeastOne("--nodes", nodes);
        atLeastOne("--in-flight", inFlight);
        atLeastOne("--seconds", seconds);
        @Nullable String password = System.getenv("CALLBACK_STORE_PASSWORD");
        NodesBench.Terms terms = new NodesBench.Terms(storeUri, password, inFlight, seconds);
        try (Workspace workspace = Workspace.in(null)) {
            BenchReport report = new BenchReport(spec.commandLine().getOut());
            return new NodesBench(terms, workspace.path(), report).run(nodes) ? 0 : 1;
        }
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be 1 or more, was " + value);
        }
    }
}
