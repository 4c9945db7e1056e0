package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: lets a running service send dead letters again. */
@Command(
        name = "replay",
        description = {
            "Lets a running service send dead letters again, under the same webhook-id and with all their attempts anew.",
            "Say which: event ids, filters, or --all."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(arity = "0..*", paramLabel = "EVENT_ID", description = "Of these events.")
    private List<String> events = new ArrayList<>();

    @Mixin
    private DeadLetterOptions filter = new DeadLetterOptions();

    @Option(
            names = {"-all", "--all"},
            description = "All of them. Needed where nothing else says which.")
    private boolean all;

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public ReplayCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        return events.isEmpty() ? replayFiltered() : replayEach();
    }

    private int replayFiltered() {
        JsonObject answer = replay(Selection.of(filter.parameters(), null, all));
        out.println(
                service.json()
                        ? answer.encodePrettily()
                        : Selection.count(answer.getLong("replayed")) + " pending again");
        return 0;
    }

    private JsonObject replay(JsonObject wanted) {
        return service.ask(client -> client.post("replays", wanted));
    }

    private int replayEach() {
        if (all || !filter.parameters().isEmpty()) {
            throw Refusal.ofWrongCall("event ids say it all: leave the filters and --all out");
        }
        JsonArray results = new JsonArray();
        for (String event : events) {
            long replayed = replay(Selection.of(Map.of(), event, false)).getLong("replayed");
            results.add(new JsonObject().put("event_id", event).put("replayed", replayed));
            if (!service.json()) {
                out.println(event + ": " + (replayed == 0 ? "there is no dead letter of it" : "pending again"));
            }
        }
        if (service.json()) {
            out.println(results.encodePrettily());
        }
        boolean everyOne = results.stream().allMatch(result -> ((JsonObject) result).getLong("replayed") > 0);
        return everyOne ? 0 : 1;
    }
}
