package io.cloudland.callback.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead}: lists the dead letters of a running service, shows one, or deletes some. */
@Command(
        name = "dead",
        description = {
            "Lists the dead letters of a running service, newest first: deliveries that ran out of attempts.",
            "With an event id, shows that one whole. 'replay' sends them again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DeadCommand implements Callable<Integer> {

    private final PrintStream out;

    @Parameters(arity = "0..1", paramLabel = "EVENT_ID", description = "Shows this one whole.")
    private @Nullable String event;

    @Mixin
    private DeadLetterOptions filter = new DeadLetterOptions();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Option(
            names = {"-purge", "--purge"},
            description = "Deletes instead of lists; what was deleted cannot be sent again.")
    private boolean purge;

    @Option(
            names = {"-all", "--all"},
            description = "With --purge: all of them. Needed where nothing else says which.")
    private boolean all;

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public DeadCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        if (all && !purge) {
            throw Refusal.ofWrongCall("--all goes with --purge; to see more, raise --limit");
        }
        if (purge) {
            return purge();
        }
        return event == null ? list() : show(event);
    }

    private int list() {
        JsonObject answer = service.ask(client -> client.get("dead-letters", limit.with(filter.parameters())));
        if (service.json()) {
            out.println(answer.encodePrettily());
            return 0;
        }
        Listing.ofDeadLetters(answer).forEach(out::println);
        limit.tellCut(answer, out);
        return 0;
    }

    private int show(String id) {
        if (!filter.parameters().isEmpty()) {
            throw Refusal.ofWrongCall("an event id says it all: leave the filters out");
        }
        JsonObject answer = service.ask(client -> client.get("dead-letters/" + URLEncoder.encode(id, UTF_8), Map.of()));
        if (service.json()) {
            out.println(answer.encodePrettily());
        } else {
            DeadLetterSheet.of(answer).forEach(out::println);
        }
        return 0;
    }

    private int purge() {
        JsonObject wanted = Selection.of(filter.parameters(), event, all);
        JsonObject answer = service.ask(client -> client.post("purges", wanted));
        long purged = answer.getLong("purged");
        out.println(service.json() ? answer.encodePrettily() : Selection.count(purged) + " deleted");
        return event != null && purged == 0 ? 1 : 0;
    }
}
