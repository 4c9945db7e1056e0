package io.cloudland.callback.cli.control;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code resume}: of one endpoint of a running service. */
@Command(
        name = "resume",
        description = "Lets an endpoint go on that is paused or stopped, or tries one that is parked at once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ResumeCommand extends SwitchCommand {

    /** Asks the service at that socket and prints to {@code out}. */
    public ResumeCommand(SocketChoice socket, PrintStream out) {
        super("resumes", socket, out);
    }
}
