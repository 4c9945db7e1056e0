package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume}: of one endpoint of a running service. */
@Command(
        name = "resume",
        description = "Lets an endpoint go on that is paused or stopped, or tries one that is parked at once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ResumeCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name, such as default.")
    private String endpoint = "";

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public ResumeCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject which = new JsonObject().put("endpoint", endpoint);
        JsonObject now = service.ask(client -> client.post("resumes", which));
        out.println(service.json() ? now.encodePrettily() : Listing.ofEndpoint(now));
        return 0;
    }
}
