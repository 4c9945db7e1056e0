package io.cloudland.callback.cli;

import io.cloudland.callback.config.LoadedConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check-config}: says whether a configuration can be used, and what it comes to. */
@Command(
        name = "check-config",
        description = "Checks a configuration and shows what it comes to. Starts nothing.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {

    private final Console console;
    private final Surroundings around;
    private final RunCommand.Check check;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "CONF",
            description = "A TOML file, a JSON file or a JSON object; conf/config.toml by default.")
    private @Nullable String conf;

    CheckConfigCommand(Console console, Surroundings around, RunCommand.Check check) {
        this.console = console;
        this.around = around;
        this.check = check;
    }

    /** The real one. */
    static CheckConfigCommand ofProcess(Console console) {
        Surroundings around = Surroundings.ofProcess();
        return new CheckConfigCommand(console, around, choice -> choice.load(around));
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = check.load(ConfigChoice.find(Optional.ofNullable(conf), around));
        console.out().println(loaded.report().stripTrailing());
        loaded.warnings().forEach(warning -> console.out().println("warning: " + warning));
        console.out().println("The configuration is valid.");
        return Main.OK;
    }
}
