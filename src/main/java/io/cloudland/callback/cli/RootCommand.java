package io.cloudland.callback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The application's own line: help and version. */
@Command(
        name = "cloudland-callback",
        description = "Delivers CloudLand resource changes as HTTP callbacks. Without a command it runs the service.",
        versionProvider = RootCommand.Version.class,
        subcommands = CommandLine.HelpCommand.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong call or configuration"})
final class RootCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-version", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    boolean version;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return Main.USAGE;
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"CloudLand Callback " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
