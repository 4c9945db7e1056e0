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

/** {@code bench store}. */
@Command(
        name = "store",
        description = "Events per second of the durable store alone: appended, and with their whole life.")
final class StoreCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "5", description = "Measured seconds of each run (${DEFAULT-VALUE}).")
    int seconds;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "On the disk to be measured; what is made there is deleted. A temporary one by default.")
    @Nullable
    Path directory;

    @Option(
            names = "--store-uri",
            paramLabel = "URI",
            description = {
                "Compares with a store in this PostgreSQL, postgresql://user@host:port/database; the password comes from",
                "CALLBACK_STORE_PASSWORD."
            })
    @Nullable
    String storeUri;

    @Mixin
    final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be 1 or more, was " + seconds);
        }
        try (Workspace workspace = Workspace.in(directory)) {
            JvmRun run = new JvmRun(spec.commandLine().getOut());
            String place = workspace.path().toString();
            String measured = Integer.toString(seconds);
            return storeUri == null
                    ? run.run(List.of(), StoreBench.class, place, "run", measured)
                    : run.run(List.of(), StoreBench.class, place, "compare", measured, storeUri);
        }
    }
}
