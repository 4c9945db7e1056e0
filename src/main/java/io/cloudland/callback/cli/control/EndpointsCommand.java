package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code endpoints}: whether a running service delivers to each endpoint, and why not. */
@Command(
        name = "endpoints",
        description = "Lists the endpoints of a running service: active, paused, parked, stopped or disabled, and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EndpointsCommand implements Callable<Integer> {

    private final PrintStream out;

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public EndpointsCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject answer = service.ask(client -> client.get("endpoints", Map.of()));
        if (service.json()) {
            out.println(answer.encodePrettily());
            return 0;
        }
        Listing.ofEndpoints(answer).forEach(out::println);
        return 0;
    }
}
