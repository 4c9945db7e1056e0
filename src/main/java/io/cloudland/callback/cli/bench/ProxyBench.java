package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the proxy adds to a call of the platform: the same calls directly and through it, against a stand-in back end. The
 * service has the store that users have, and delivers every event meanwhile.
 *
 * <p>Direct calls are made twice: in turns of their own, when the service has nothing to do, and fewer of them beside those through
 * the proxy. The difference to the first is what the whole service costs a platform on the same processors; that to the second is
 * what the way through the proxy costs.
 */
public final class ProxyBench {

    /** What the stand-in back end answers. */
    static final String ANSWER = "{\"status\":\"ok\"}";

    private static final int INSTANCES = 500;
    /** One direct call for so many that go through the proxy at the same time. */
    private static final int BESIDE = 4;

    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final Terms terms;
    private final Vertx sink = Vertx.vertx(); // Of its own: the back end must not wait for the endpoint's event loop.
    private final ProxyCaller caller;
    private final ProxyCaller beside;
    private final LongAdder delivered = new LongAdder();
    private long proxied;

    /** What is asked for: calls a second, seconds of warm-up and of each turn, rounds. */
    private record Terms(int calls, int warmup, int seconds, int rounds) {}

    private ProxyBench(Path directory, Terms terms) {
        this.directory = directory;
        this.terms = terms;
        this.caller = new ProxyCaller(terms.calls(), INSTANCES);
        this.beside = new ProxyCaller(Math.max(ProxyCaller.CONNECTIONS, terms.calls() / BESIDE), INSTANCES);
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
        int backEnd = listen(vertx, () -> {});
        int endpoint = listen(sink, delivered::increment);
        int proxy = freePort();
        System.out.println(Machine.here().text());
        System.out.printf(
                Locale.ROOT,
                "%d calls/s over 10 kept connections, a warm-up of %d s each way, then turns of %d s, each after one that is not"
                        + " counted; rocksdb store, every event delivered; from when a call was due to its answer%nbeside them, in"
                        + " the proxy's turns, one direct call for each %d%n",
                terms.calls(),
                terms.warmup(),
                terms.seconds(),
                BESIDE);
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(config(backEnd, endpoint, proxy), directory);
        ServiceJvm service = ServiceJvm.start(vertx.getOrCreateContext(), setup, List.of("-Xmx512m"));
        try {
            service.up().await();
            tellInstances(service);
            caller.call(backEnd, terms.warmup());
            proxied += caller.call(proxy, terms.warmup()).made();
            measure(backEnd, proxy);
            return tellAccount(service);
        } finally {
            service.close();
        }
    }

    private static int listen(Vertx on, Runnable heard) {
        return on.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
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

    private JsonObject config(int backEnd, int endpoint, int proxy) {
        JsonObject http = new JsonObject().put("port", proxy).put("upstream", "http://127.0.0.1:" + backEnd);
        return new JsonObject()
                .put(
                        "callback",
                        new JsonObject()
                                .put("url", "http://127.0.0.1:" + endpoint + "/hook")
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
        ProxyReport report = new ProxyReport();
        for (int round = 1; round <= terms.rounds(); round++) {
            if (round % 2 == 1) {
                report.alone(alone(backEnd));
                through(backEnd, proxy, report);
            } else {
                through(backEnd, proxy, report);
                report.alone(alone(backEnd));
            }
            System.out.println(report.lastRound());
        }
        report.medians().forEach(System.out::println);
    }

    private Latency alone(int backEnd) throws IOException {
        return caller.call(backEnd, terms.seconds()).latency();
    }

    /** Both at the same time. */
    private void through(int backEnd, int proxy, ProxyReport report) throws IOException {
        Future<ProxyCaller.Calls> direct = vertx.executeBlocking(() -> beside.call(backEnd, terms.seconds()));
        ProxyCaller.Calls through = caller.call(proxy, terms.seconds());
        proxied += through.made();
        report.through(direct.await().latency(), through.latency());
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
