package io.cloudland.callback.cli;

import picocli.CommandLine.Option;

/** {@code --help}, for every command below another one. */
public final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;
}
