package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.HelpOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench backlog}. */
@Command(
        name = "backlog",
        description = "Fills the durable store, then starts deliveries in a JVM with a small heap: how soon, how fast.")
final class BacklogCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--pending", defaultValue = "1000000", description = "Pending events (${DEFAULT-VALUE}).")
    int pending;

    @Option(names = "--resources", defaultValue = "100000", description = "Different instances (${DEFAULT-VALUE}).")
    int resources;

    @Option(names = "--heap", defaultValue = "512m", description = "The heap of the delivering JVM (${DEFAULT-VALUE}).")
    String heap;

    @Option(names = "--workers", defaultValue = "3", description = "Delivery verticles (${DEFAULT-VALUE}).")
    int workers;

    @Option(names = "--seconds", defaultValue = "30", description = "How long it delivers at most (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--failing-seconds",
            defaultValue = "0",
            description = "How long every attempt fails at first, retried each second (${DEFAULT-VALUE}).")
    int failingSeconds;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the store is made, and deleted at the end. A temporary one by default.")
    @Nullable
    Path directory;

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        atLeastOne("--pending", pending);
        atLeastOne("--resources", resources);
        atLeastOne("--workers", workers);
        atLeastOne("--seconds", seconds);
        try (Workspace workspace = Workspace.in(directory)) {
            return run(new JvmRun(spec.commandLine().getOut()), workspace.path().toString());
        }
    }

    private int run(JvmRun jvm, String path) {
        int filled = jvm.run(
                List.of(), BacklogBench.class, path, "fill", Integer.toString(pending), Integer.toString(resources));
        return filled != 0
                ? filled
                : jvm.run(
                        List.of("-Xmx" + heap),
                        BacklogBench.class,
                        path,
                        "deliver",
                        Integer.toString(resources),
                        Integer.toString(workers),
                        Integer.toString(seconds),
                        Integer.toString(failingSeconds));
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be 1 or more, was " + value);
        }
    }
}
