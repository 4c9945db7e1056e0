package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.HelpOption;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every benchmark has. */
final class BenchOptions {

    @Option(names = "--warmup", description = "Deliveries before counting (${DEFAULT-VALUE}).")
    long warmup;

    @Option(names = "--resources", description = "Different instances (${DEFAULT-VALUE}).")
    int resources;

    @Option(names = "--workers", defaultValue = "3", description = "Delivery verticles (${DEFAULT-VALUE}).")
    int workers;

    // Half the queue: full enough to keep every lane busy, never so full that the service refuses.
    @Option(
            names = "--pending",
            defaultValue = "5000",
            description = "Events on their way to the sink, at most (${DEFAULT-VALUE}).")
    int pending;

    @Option(
            names = "--log-level",
            defaultValue = "INFO",
            description = "The service's: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}, as users run it).")
    LogLevel logLevel;

    @Option(names = "--store", description = "The service's: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    BenchStore store;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same figures there as JSON.")
    @Nullable
    Path json;

    @Option(names = "--pin", description = "Give the sink one core and the sender another, with taskset.")
    boolean pin;

    @Option(names = "--verticle", hidden = true, defaultValue = "io.cloudland.callback.CallbackVerticle")
    String verticle;

    @Mixin
    final HelpOption help = new HelpOption();

    /** The options that depend on the benchmark. */
    BenchOptions(long warmup, int resources, BenchStore store) {
        this.warmup = warmup;
        this.resources = resources;
        this.store = store;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "warm-up %d, %d resources, %d workers, log level %s, %s store, queue_size %d, at most %d pending",
                warmup,
                resources,
                workers,
                logLevel,
                store,
                SenderSettings.QUEUE_SIZE,
                pending);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("warmup", warmup)
                .put("resources", resources)
                .put("workers", workers)
                .put("log_level", logLevel.name())
                .put("pending", pending)
                .put("store", store.toString())
                .put("queue_size", SenderSettings.QUEUE_SIZE);
    }
}
