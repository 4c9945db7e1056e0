package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that changes how one endpoint of a running service stands, and tells how it stands then. */
abstract class SwitchCommand implements Callable<Integer> {

    private final String operation;
    private final PrintStream out;

    @Parameters(paramLabel = "NAME", description = "The endpoint's name, such as default.")
    private String endpoint = "";

    @Mixin
    private ServiceOptions service;

    /** @param operation what the service is asked for, by its name in the control API */
    SwitchCommand(String operation, SocketChoice socket, PrintStream out) {
        this.operation = operation;
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject which = new JsonObject().put("endpoint", endpoint);
        JsonObject now = service.ask(client -> client.post(operation, which));
        out.println(service.json() ? now.encodePrettily() : Listing.ofEndpoint(now));
        return 0;
    }
}
