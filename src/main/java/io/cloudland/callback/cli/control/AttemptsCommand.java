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

/** {@code attempts}: what a running service tried lately, and what came back. */
@Command(
        name = "attempts",
        description =
                "Lists the attempts that a running service made lately, newest first, with what came back; and those"
                        + " events that it did not send because a newer one stands for them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AttemptsCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(arity = "0..1", paramLabel = "EVENT_ID", description = "Of this event.")
    private @Nullable String event;

    @Mixin
    private ResourceFilter filter = new ResourceFilter();

    @Mixin
    private TimeRange time = new TimeRange();

    @Option(
            names = {"-outcome", "--outcome"},
            paramLabel = "OUTCOME",
            description = "That ended so: delivered or failed.")
    private @Nullable String outcome;

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public AttemptsCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject answer = service.ask(client -> client.get("attempts", parameters()));
        if (service.json()) {
            out.println(answer.encodePrettily());
            return 0;
        }
        Listing.ofAttempts(answer).forEach(out::println);
        limit.tellCut(answer, out);
        return 0;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = filter.parameters();
        time.addTo(parameters);
        ResourceFilter.put(parameters, "event", event);
        ResourceFilter.put(parameters, "outcome", outcome);
        return limit.with(parameters);
    }
}
