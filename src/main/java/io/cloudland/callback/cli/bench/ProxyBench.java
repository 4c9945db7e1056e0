package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures what the proxy adds to a call of the platform: the same calls directly and through it, in turn, against a stand-in
 * back end. The service has the store that users have, and delivers every event meanwhile.
 */
public final class ProxyBench {

    /** What the stand-in back end answers. */
    static final String ANSWER = "{\"status\":\"ok\"}";

    private static final int INSTANCES = 500;
    /** What the proxy may add to the 99th percentile. */
    private static final double AIM_MILLIS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final Terms terms;
    private final ProxyCaller caller;
    private final LongAdder delivered = new LongAdder();
    private long proxied;

    /** What is asked for: calls a second, seconds of warm-up and of each turn, rounds. */
    private record Terms(int calls, int warmup, int seconds, int rounds) {}

    private ProxyBench(Path directory, Terms terms) {
        this.directory = directory;
        this.terms = terms;
        this.caller = new ProxyCaller(terms.calls(), INSTANCES);
    }

    public static void main(String[] arguments) throws Exception {
        int[] numbers =
                Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        Terms terms = new Terms(numbers[0], numbers[1], numbers[2], numbers[3]);
        boolean done;
        try {
            done = new ProxyBench(Path.of(arguments[0]), terms).run();
        } catch (Exception failure) {
            System.out.println("the benchmark failed: " + failure);
            done = false;
        }
        System.exit(done ? 0 : 1);
    }

    private boolean run() throws IOException {
        int backEnd = listen(() -> {});
        int sink = listen(delivered::increment);
        int proxy = freePort();
        System.out.println(Machine.here().text());
        System.out.printf(
                Locale.ROOT,
                "%d calls/s over 10 kept connections, a warm-up of %d s each way, then turns of %d s; rocksdb store, every event"
                        + " delivered; from when a call was due to its answer%n",
                terms.calls(),
                terms.warmup(),
                terms.seconds());
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(config(backEnd, sink, proxy), directory);
        ServiceJvm service = ServiceJvm.start(vertx.getOrCreateContext(), setup, List.of("-Xmx512m"));
        try {
            service.up().await();
            tellInstances(service);
            caller.call(backEnd, terms.warmup());
            proxied += caller.call(proxy, terms.warmup()).length;
            measure(backEnd, proxy);
            return tellAccount(service);
        } finally {
            service.close();
        }
    }

    private int listen(Runnable heard) {
        return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    heard.run();
                    request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(ANSWER);
                }))
                .listen(0)
                .await()
                .actualPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private JsonObject config(int backEnd, int sink, int proxy) {
        JsonObject http = new JsonObject().put("port", proxy).put("upstream", "http://127.0.0.1:" + backEnd);
        return new JsonObject()
                .put(
                        "callback",
                        new JsonObject()
                                .put("url", "http://127.0.0.1:" + sink + "/hook")
                                .put("queue_size", 1_000_000)
                                .put(
                                        "store",
                                        new JsonObject()
                                                .put(
                                                        "path",
                                                        directory
                                                                .resolve("store")
                                                                .toString()))
                                .put("ingest", new JsonObject().put("http", http)));
    }

    /** The platform's requests carry no snapshot; these make the instances known. */
    private static void tellInstances(ServiceJvm service) {
        for (int id = 1; id <= INSTANCES; id++) {
            JsonObject snapshot = new JsonObject()
                    .put("resource_uuid", new UUID(0, id).toString())
                    .put("status", "running")
                    .put("metadata", new JsonObject().put("hostname", "vm-" + id));
            service.command(new JsonObject()
                            .put("command", "launch_vm '" + id + "' 'running'")
                            .put("resource", snapshot))
                    .await();
        }
    }

    private void measure(int backEnd, int proxy) throws IOException {
        List<Latency> direct = new ArrayList<>();
        List<Latency> through = new ArrayList<>();
        for (int round = 1; round <= terms.rounds(); round++) {
            if (round % 2 == 1) {
                direct.add(turn(backEnd));
                through.add(turn(proxy));
            } else {
                through.add(turn(proxy));
                direct.add(turn(backEnd));
            }
            System.out.printf(
                    Locale.ROOT,
                    "round %d   direct %s   proxy %s%n",
                    round,
                    text(direct.get(round - 1)),
                    text(through.get(round - 1)));
        }
        proxied += (long) terms.rounds() * through.get(0).count();
        tellMedians(direct, through);
    }

    private void tellMedians(List<Latency> direct, List<Latency> through) {
        double p99 = added(direct, through, Latency::p99Millis);
        System.out.printf(
                Locale.ROOT,
                "median of %d rounds: direct p50 %.2f p99 %.2f ms, through the proxy p50 %.2f p99 %.2f ms; added p50 %.2f p99 %.2f"
                        + " ms%n",
                terms.rounds(),
                median(direct, Latency::p50Millis),
                median(direct, Latency::p99Millis),
                median(through, Latency::p50Millis),
                median(through, Latency::p99Millis),
                added(direct, through, Latency::p50Millis),
                p99);
        System.out.printf(
                Locale.ROOT,
                "the aim, under %.0f ms added at p99: %s%n",
                AIM_MILLIS,
                p99 < AIM_MILLIS ? "reached" : "not reached");
        if (median(direct, Latency::p99Millis) > AIM_MILLIS) {
            System.out.println(
                    "the machine is too busy to judge that: calls that no proxy touched were late, too; measure while it is quiet");
        }
    }

    private Latency turn(int port) throws IOException {
        return Latency.of(List.of(caller.call(port, terms.seconds())));
    }

    private static double median(List<Latency> turns, ToDoubleFunction<Latency> figure) {
        return Figures.median(turns.stream().mapToDouble(figure).toArray());
    }

    /** The median of what each round added. */
    private static double added(List<Latency> direct, List<Latency> through, ToDoubleFunction<Latency> figure) {
        return Figures.median(IntStream.range(0, direct.size())
                .mapToDouble(i -> figure.applyAsDouble(through.get(i)) - figure.applyAsDouble(direct.get(i)))
                .toArray());
    }

    private static String text(Latency latency) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms",
                latency.p50Millis(),
                latency.p99Millis(),
                latency.p999Millis(),
                latency.maxMillis());
    }

    /** Whether every call through the proxy was taken in; a proxy that takes nothing in would be fast for nothing. */
    private boolean tellAccount(ServiceJvm service) {
        long expected = proxied + INSTANCES;
        JsonObject stats = service.stats().await();
        for (int i = 0; i < 600 && stats.getLong("commands_accepted") < expected; i++) {
            LockSupport.parkNanos(50_000_000);
            stats = service.stats().await();
        }
        System.out.printf(
                Locale.ROOT,
                "calls through the proxy %d, commands taken in %d, not taken in %d, delivered so far %d%n",
                proxied,
                stats.getLong("commands_accepted") - INSTANCES,
                stats.getLong("unaccepted"),
                delivered.sum());
        return stats.getLong("commands_accepted") == expected;
    }
}
