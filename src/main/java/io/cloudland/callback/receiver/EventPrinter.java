package io.cloudland.callback.receiver;

import io.cloudland.callback.time.TimeSource;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells of each event in one plain line; verbose, with headers and body under it. */
final class EventPrinter {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int METADATA_SHOWN = 4;

    private final Consumer<String> to;
    private final boolean verbose;
    private final TimeSource time;

    EventPrinter(Consumer<String> to, boolean verbose, TimeSource time) {
        this.to = to;
        this.verbose = verbose;
        this.time = time;
    }

    void taken(Exchange exchange, Verdict verdict) {
        event(exchange, verdict == Verdict.IN_ORDER ? "" : verdict.name());
    }

    void rejected(Exchange exchange, String answer) {
        event(exchange, "REJECTED: " + answer);
    }

    void print(String text) {
        Instant now = time.now();
        to.accept(CLOCK.format(now) + "  " + text);
    }

    private void event(Exchange exchange, String remark) {
        JsonObject body = body(exchange);
        String line = String.join("  ", resource(exchange), change(exchange), place(exchange), metadata(body), remark);
        print(verbose ? line.stripTrailing() + details(exchange, body) : line.stripTrailing());
    }

    /** The one event, be it alone or in an array. */
    private static JsonObject body(Exchange exchange) {
        return exchange.body().toJsonValue() instanceof JsonArray batch
                ? batch.getJsonObject(0)
                : new JsonObject(exchange.body());
    }

    private static String resource(Exchange exchange) {
        return String.format(Locale.ROOT, "%-14s", exchange.arrival().resource().orElse("(no resource)"));
    }

    private static String change(Exchange exchange) {
        Arrival arrival = exchange.arrival();
        return String.format(
                Locale.ROOT,
                "%-24s",
                arrival.previousStatus().orElse("-") + " → " + arrival.status().orElse("?"));
    }

    /** Its number in the resource's history, from the first that it stands for, and the attempt, where the sender tells them. */
    private static String place(Exchange exchange) {
        String attempt = exchange.request().getHeader("CloudLand-Attempt");
        long sequence = exchange.arrival().sequence();
        long from = exchange.arrival().coalescedFrom();
        String number = sequence > 0 ? "#" + (from > 0 ? from + "-" : "") + sequence : "";
        return String.format(Locale.ROOT, "%-15s", attempt == null ? number : number + " attempt " + attempt);
    }

    private static String metadata(JsonObject body) {
        Object data = body.getValue("data");
        Object metadata = body.getValue("metadata", data);
        if (data instanceof JsonObject carried && carried.containsKey("metadata")) {
            metadata = carried.getValue("metadata");
        }
        if (!(metadata instanceof JsonObject values)) {
            return "";
        }
        return values.getMap().entrySet().stream()
                .filter(entry -> !Objects.toString(entry.getValue(), "").isEmpty())
                .limit(METADATA_SHOWN)
                .map(Map.Entry::toString)
                .collect(Collectors.joining(" "));
    }

    private static String details(Exchange exchange, JsonObject body) {
        MultiMap headers = exchange.request().headers();
        String lines = headers.entries().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        return ("\n" + lines + "\n" + body.encodePrettily()).replace("\n", "\n    ");
    }
}
