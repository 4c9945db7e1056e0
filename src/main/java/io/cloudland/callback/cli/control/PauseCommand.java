package io.cloudland.callback.cli.control;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code pause}: of one endpoint of a running service. */
@Command(
        name = "pause",
        description =
                "Starts nothing to an endpoint any more, until 'resume' or a restart; what is owed to it waits and is kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PauseCommand extends SwitchCommand {

    /** Asks the service at that socket and prints to {@code out}. */
    public PauseCommand(SocketChoice socket, PrintStream out) {
        super("pauses", socket, out);
    }
}
