package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pause}: of one endpoint of a running service. */
@Command(
        name = "pause",
        description =
                "Starts nothing to an endpoint any more, until 'resume' or a restart; what is owed to it waits and is kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PauseCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name, such as default.")
    private String endpoint = "";

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public PauseCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject which = new JsonObject().put("endpoint", endpoint);
        JsonObject now = service.ask(client -> client.post("pauses", which));
        out.println(service.json() ? now.encodePrettily() : Listing.ofEndpoint(now));
        return 0;
    }
}
