package io.cloudland.callback.cli.control;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stats}: the counts of a running service. */
@Command(
        name = "stats",
        description = "Shows the counts of a running service: deliveries = delivered + dead + coalesced + pending.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class StatsCommand implements Callable<Integer> {

    private final PrintStream out;

    @Mixin
    private ServiceOptions service;

    /** Asks the service at that socket and prints to {@code out}. */
    public StatsCommand(SocketChoice socket, PrintStream out) {
        this.service = new ServiceOptions(socket);
        this.out = out;
    }

    @Override
    public Integer call() {
        JsonObject stats = service.ask(client -> client.get("stats", Map.of()));
        if (service.json()) {
            out.println(stats.encodePrettily());
            return 0;
        }
        stats.forEach(count -> out.println(String.format(Locale.ROOT, "%-20s %12s", count.getKey(), count.getValue())));
        return 0;
    }
}
