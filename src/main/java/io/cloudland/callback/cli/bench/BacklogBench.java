package io.cloudland.callback.cli.bench;

import io.cloudland.callback.delivery.DeliveryVerticle;
import io.cloudland.callback.delivery.EndpointFlows;
import io.cloudland.callback.delivery.OwnedSlots;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.rocksdb.RocksDbEventStore;
import io.cloudland.callback.store.rocksdb.Sync;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The JVMs of {@code bench backlog}. {@code fill <events> <resources>} fills the store of a directory; {@code deliver
 * <resources> <workers> <seconds> <failing seconds>} opens it as a start after a crash does and delivers from it, to an
 * endpoint in the same process, so that reading on is measured and not HTTP.
 */
final class BacklogBench {

    private static final long MAX_BYTES = 1L << 40;
    private static final int QUEUE_SIZE = 100_000_000;
    private static final int PRODUCERS = 4_096;
    private static final int IN_FLIGHT = 64;

    private BacklogBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        EventStore store = open(Path.of(arguments[0]));
        int[] numbers = IntStream.range(2, arguments.length)
                .map(i -> Integer.parseInt(arguments[i]))
                .toArray();
        boolean passed = true;
        switch (arguments[1]) {
            case "fill" -> fill(store, numbers[0], numbers[1]);
            case "deliver" -> passed = deliver(store, numbers[0], numbers[1], numbers[2], numbers[3]);
            default -> throw new IllegalArgumentException("fill or deliver, not " + arguments[1]);
        }
        System.out.flush();
        Runtime.getRuntime().halt(passed ? 0 : 1); // As a crash would: nothing is closed.
    }

    private static EventStore open(Path directory) {
        EventStore store = new RocksDbEventStore(
                directory.resolve("store"), Sync.OFF, MAX_BYTES, QUEUE_SIZE, 1_000, TimeSource.system());
        await(store.open());
        return store;
    }

    private static void fill(EventStore store, int events, int resources) {
        long start = System.nanoTime();
        new StoreLoad(Vertx.vertx(), store, StoreLoad.Kind.APPEND, PRODUCERS, resources).run(events);
        System.out.printf(
                Locale.ROOT,
                "filled: %,d events pending of %,d resources, in %.1f s%n",
                store.stats().pending(),
                resources,
                (System.nanoTime() - start) / 1e9);
    }

    private static boolean deliver(EventStore store, int resources, int workers, int seconds, int failingSeconds)
            throws InterruptedException {
        System.out.printf(Locale.ROOT, "open: %.2f s after the JVM's start%n", sinceStart());
        BacklogEndpoint endpoint = new BacklogEndpoint(resources, Duration.ofSeconds(failingSeconds));
        Vertx vertx = Vertx.vertx();
        long pending = store.stats().pending();
        long end = System.nanoTime()
                + Duration.ofSeconds(failingSeconds + (long) seconds).toNanos();
        deploy(vertx, store, endpoint, workers);
        endpoint.awaitFirst();
        System.out.printf(Locale.ROOT, "first delivery: %.2f s after the JVM's start%n", sinceStart());
        long most = 0;
        while (System.nanoTime() < end && store.stats().pending() > 0) {
            long before = store.stats().delivered();
            long from = System.nanoTime();
            Thread.sleep(3_000);
            double rate = (store.stats().delivered() - before) / ((System.nanoTime() - from) / 1e9);
            long heap = heapAfterGc();
            most = Math.max(most, heap);
            System.out.printf(
                    Locale.ROOT,
                    "%5.1f s: %,d deliveries/s, %,d attempts failed, heap after GC %d MB%n",
                    sinceStart(),
                    (long) rate,
                    endpoint.failed(),
                    heap >> 20);
        }
        System.out.printf(
                Locale.ROOT,
                "delivered %,d of %,d, out of order %d; heap after GC at most %d MB of %d, resident %d MB%n",
                store.stats().delivered(),
                pending,
                endpoint.outOfOrder(),
                most >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                Usage.now().getLong("rss_bytes") >> 20);
        return endpoint.outOfOrder() == 0 && store.stats().delivered() > 0;
    }

    private static void deploy(Vertx vertx, EventStore store, BacklogEndpoint receiver, int workers) {
        Endpoint endpoint = new Endpoint(
                "default",
                URI.create("http://127.0.0.1/"),
                "resource-change",
                Optional.empty(),
                Duration.ofSeconds(30),
                1_000_000,
                Duration.ofSeconds(1),
                IN_FLIGHT,
                false);
        EndpointFlows flows = new EndpointFlows(
                List.of(endpoint), TimeSource.system(), () -> store.stats().pending());
        for (int index = 0; index < workers; index++) {
            await(vertx.deployVerticle(new DeliveryVerticle(
                    new DeliveryVerticle.Worker(
                            index, workers, OwnedSlots.all(), Duration.ofSeconds(1), Future.succeededFuture()),
                    List.of(endpoint),
                    store,
                    (of, share) -> receiver.sender(),
                    flows,
                    new SafeListeners(List.of()),
                    new VertxTimers(vertx),
                    TimeSource.system())));
        }
    }

    private static double sinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1e3;
    }

    /** What is left after a collection is the figure. */
    private static long heapAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
