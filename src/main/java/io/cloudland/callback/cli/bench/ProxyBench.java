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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the proxy adds to a call of the platform: the same calls directly and through it, in turn, against a stand-in
 * back end. The service has the store that users have, and delivers every event meanwhile.
 */
public final class ProxyBench {

    /** What the stand-in back end answers. */
    static final String ANSWER = "{\"status\":\"ok\"}";

    private static final int INSTANCES = 500;
    private static final int WARM_UP_SECONDS = 8;

    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final ProxyCaller caller;
    private final int seconds;
    private final LongAdder delivered = new LongAdder();

    private ProxyBench(Path directory, int calls, int seconds) {
        this.directory = directory;
        this.caller = new ProxyCaller(calls, INSTANCES);
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int calls = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        boolean done;
        try {
            done = new ProxyBench(Path.of(arguments[0]), calls, seconds).run(calls, rounds);
        } catch (Exception failure) {
            System.out.println("the benchmark failed: " + failure);
            done = false;
        }
        System.exit(done ? 0 : 1);
    }

    private boolean run(int calls, int rounds) throws IOException {
        int backEnd = listen(() -> {});
        int sink = listen(delivered::increment);
        int proxy = freePort();
        System.out.println(Machine.here().text());
        System.out.printf(
                Locale.ROOT,
                "%d calls/s over 10 kept connections, turns of %d s, rocksdb store, every event delivered; from when a call was"
                        + " due to its answer%n",
                calls,
                seconds);
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(config(backEnd, sink, proxy), directory);
        ServiceJvm service = ServiceJvm.start(vertx.getOrCreateContext(), setup, List.of("-Xmx512m"));
        try {
            service.up().await();
            tellInstances(service);
            caller.call(backEnd, WARM_UP_SECONDS);
            caller.call(proxy, WARM_UP_SECONDS);
            measure(backEnd, proxy, rounds);
            return tellAccount(service, ((long) WARM_UP_SECONDS + (long) seconds * rounds) * calls);
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

    private void measure(int backEnd, int proxy, int rounds) throws IOException {
        List<Double> addedP50 = new ArrayList<>();
        List<Double> addedP99 = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            boolean directFirst = round % 2 == 1;
            Latency first = turn(directFirst ? backEnd : proxy);
            Latency second = turn(directFirst ? proxy : backEnd);
            Latency direct = directFirst ? first : second;
            Latency proxied = directFirst ? second : first;
            addedP50.add(proxied.p50Millis() - direct.p50Millis());
            addedP99.add(proxied.p99Millis() - direct.p99Millis());
            System.out.printf(Locale.ROOT, "round %d   direct %s   proxy %s%n", round, text(direct), text(proxied));
        }
        System.out.printf(
                Locale.ROOT,
                "added by the proxy, median of %d rounds: p50 %.2f ms, p99 %.2f ms%n",
                rounds,
                median(addedP50),
                median(addedP99));
    }

    private Latency turn(int port) throws IOException {
        return Latency.of(List.of(caller.call(port, seconds)));
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

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Whether every call through the proxy was taken in; a proxy that takes nothing in would be fast for nothing. */
    private boolean tellAccount(ServiceJvm service, long proxied) {
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
