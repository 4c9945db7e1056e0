package io.cloudland.callback.cli.bench;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.postgresql.PostgresEventStore;
import io.cloudland.callback.store.postgresql.PostgresSettings;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Puts the same loads on stores of different kinds. Confined to the thread that measures. */
final class StoreComparison {

    /** Few enough that a database has them in a short while. */
    private static final int RESOURCES = 20_000;

    private static final int QUEUE_SIZE = 100_000_000;

    private final Vertx vertx;
    private final String uri;
    private final Duration duration;
    private final Duration warmUp;
    private final String prefix = "bench_" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "_";
    private int opened;

    StoreComparison(Vertx vertx, String uri, Duration duration, Duration warmUp) {
        this.vertx = vertx;
        this.uri = uri;
        this.duration = duration;
        this.warmUp = warmUp;
    }

    /** One in PostgreSQL, in a schema of its own. */
    EventStore open() {
        PostgresSettings settings = new PostgresSettings(
                uri,
                Optional.ofNullable(System.getenv("CALLBACK_STORE_PASSWORD")).map(Secret::new),
                prefix + ++opened,
                "bench",
                4,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(10),
                QUEUE_SIZE,
                Retention.ofDeadLetters(1_000),
                Duration.ofDays(1));
        EventStore store = new PostgresEventStore(vertx, settings, TimeSource.system());
        store.open().toCompletionStage().toCompletableFuture().join();
        return store;
    }

    String schemas() {
        return prefix + "1 to " + prefix + opened;
    }

    /** Measures a fresh store and closes it. */
    String line(EventStore store, StoreLoad.Kind kind, int producers) {
        StoreLoad load = new StoreLoad(vertx, store, kind, producers, RESOURCES);
        if (kind == StoreLoad.Kind.LIFE) {
            load.prepopulate();
        }
        load.run(warmUp);
        load.run(duration);
        store.close().toCompletionStage().toCompletableFuture().join();
        return kind.name().toLowerCase(Locale.ROOT) + " producers=" + producers + " " + load.report();
    }
}
