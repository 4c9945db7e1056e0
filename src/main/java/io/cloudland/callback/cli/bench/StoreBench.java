package io.cloudland.callback.cli.bench;

import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.rocksdb.RocksDbEventStore;
import io.cloudland.callback.store.rocksdb.Sync;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the durable store alone, and prints a line per measurement.
 *
 * <p>{@code StoreBench <directory> run [seconds]}: appends, and full life cycles, with 1, 64 and 256 producers, synced and
 * not, each beside the library alone. {@code StoreBench <directory> fill <events>}, then {@code ... recover}: how soon a store with so much pending is
 * ready, in a process of its own. {@code ... compare <seconds> <uri>}: the same beside a store in PostgreSQL. Everything below the directory is deleted by {@code run}.
 */
public final class StoreBench {

    private static final long MAX_BYTES = 1L << 40;
    private static final int RESOURCES = 1_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Vertx vertx = Vertx.vertx();
        switch (arguments[1]) {
            case "run" -> run(vertx, directory, arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5);
            case "compare" -> compare(vertx, directory, Integer.parseInt(arguments[2]), arguments[3]);
            case "fill" -> fill(vertx, directory, Integer.parseInt(arguments[2]));
            case "recover" -> recover(directory);
            default -> throw new IllegalArgumentException("run, compare, fill or recover, not " + arguments[1]);
        }
        Runtime.getRuntime().halt(0); // As a crash would: nothing is closed.
    }

    private static void run(Vertx vertx, Path directory, int seconds) throws Exception {
        for (Sync sync : List.of(Sync.ALWAYS, Sync.OFF)) {
            for (StoreLoad.Kind kind : StoreLoad.Kind.values()) {
                for (int producers : List.of(1, 64, 256)) {
                    Run run = new Run(vertx, directory, sync, kind, producers, Duration.ofSeconds(seconds));
                    System.out.println(run.line());
                }
            }
        }
        delete(directory);
    }

    /** The store on the disk, the one in PostgreSQL, and the one on the disk once more, with each load. */
    private static void compare(Vertx vertx, Path directory, int seconds, String uri) throws Exception {
        StoreComparison comparison = new StoreComparison(vertx, uri, Duration.ofSeconds(seconds), WARM_UP);
        for (StoreLoad.Kind kind : StoreLoad.Kind.values()) {
            for (int producers : List.of(1, 64, 256)) {
                for (String where : List.of("rocksdb", "postgresql", "rocksdb")) {
                    delete(directory);
                    boolean onDisk = where.equals("rocksdb");
                    EventStore store = onDisk ? open(directory, Sync.ALWAYS) : comparison.open();
                    System.out.println(where + " " + comparison.line(store, kind, producers));
                }
            }
        }
        delete(directory);
        System.out.println("The schemas " + comparison.schemas() + " are left in the database: drop them.");
    }

    /** One measurement: the library alone, then the store, then the library once more, each on an empty directory. */
    private record Run(Vertx vertx, Path directory, Sync sync, StoreLoad.Kind kind, int producers, Duration duration) {

        String line() throws Exception {
            double before = raw();
            StoreLoad load = store();
            double raw = (before + raw()) / 2;
            return String.format(
                    Locale.ROOT,
                    "sync=%s %s producers=%d %s; the library alone ev/s=%.0f, ratio %.2f",
                    sync.wireName(),
                    kind.name().toLowerCase(Locale.ROOT),
                    producers,
                    load.report(),
                    raw,
                    load.eventsPerSecond() / raw);
        }

        private double raw() throws Exception {
            delete(directory);
            Path path = Files.createDirectories(directory.resolve("store"));
            try (RawRocksDb raw = new RawRocksDb(vertx, path, sync == Sync.ALWAYS, kind, producers, RESOURCES)) {
                if (kind == StoreLoad.Kind.LIFE) {
                    raw.prepopulate();
                }
                raw.run(WARM_UP);
                return raw.run(duration);
            }
        }

        private StoreLoad store() throws IOException {
            delete(directory);
            EventStore store = open(directory, sync);
            StoreLoad load = new StoreLoad(vertx, store, kind, producers, RESOURCES);
            if (kind == StoreLoad.Kind.LIFE) {
                load.prepopulate();
            }
            load.run(WARM_UP);
            load.run(duration);
            await(store.close());
            return load;
        }
    }

    private static EventStore open(Path directory, Sync sync) {
        EventStore store = new RocksDbEventStore(
                directory.resolve("store"), sync, MAX_BYTES, 100_000_000, 1_000, TimeSource.system());
        await(store.open());
        return store;
    }

    private static void fill(Vertx vertx, Path directory, int events) {
        EventStore store = open(directory, Sync.ALWAYS);
        long start = System.nanoTime();
        new StoreLoad(vertx, store, StoreLoad.Kind.APPEND, 1_024, RESOURCES).run(events);
        System.out.printf(Locale.ROOT, "fill events=%d %.2fs%n", events, secondsSince(start));
    }

    private static void recover(Path directory) {
        long start = System.nanoTime();
        EventStore store = open(directory, Sync.ALWAYS);
        double opened = secondsSince(start);
        int heads = 0;
        for (int slot = 0; slot < ResourceRef.SLOTS; slot++) {
            heads += await(store.pending("default", slot, -1, 256)).size();
        }
        double ready = secondsSince(start);
        System.out.printf(
                Locale.ROOT,
                "recover pending=%d open=%.2fs window of %d deliveries over all slots read after %.2fs%n",
                store.stats().pending(),
                opened,
                heads,
                ready);
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        Path store = directory.resolve("store");
        if (Files.exists(store)) {
            try (Stream<Path> files = Files.walk(store)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
