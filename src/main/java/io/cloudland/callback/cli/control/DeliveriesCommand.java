package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deliveries}: what a running service still owes. */
@Command(
        name = "deliveries",
        description =
                "Lists what a running service still owes: deliveries that are pending or wait for a retry, oldest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DeliveriesCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(arity = "0..1", paramLabel = "EVENT_ID", description = "Of this event.")
    private @Nullable String event;

    @Mixin
    private ResourceFilter filter = new ResourceFilter();

    @Option(
            names = {"-state", "--state"},
            paramLabel = "STATE",
            description = "In this state: pending (not tried yet) or waiting_for_retry.")
    private @Nullable String state;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public DeliveriesCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject answer = service.ask(client -> client.get("deliveries", parameters()));
        if (service.json()) {
            out.println(answer.encodePrettily());
            return 0;
        }
        Listing.ofDeliveries(answer).forEach(out::println);
        limit.tellCut(answer, out);
        return 0;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = filter.parameters();
        ResourceFilter.put(parameters, "event", event);
        ResourceFilter.put(parameters, "state", state);
        return limit.with(parameters);
    }
}
