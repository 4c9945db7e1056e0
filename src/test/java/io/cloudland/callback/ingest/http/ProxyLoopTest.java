package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.ServerTls;
import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.FakeIntake;
import io.cloudland.callback.ingest.RecordingListener;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The proxy has an event loop of its own: what that gives to calls, and that nothing of it is left behind. */
@ExtendWith(VertxExtension.class)
class ProxyLoopTest {

    private static final byte[] REQUEST = request("launch_vm.sh '127' 'running' '3' 'init'");
    private static final byte[] DONE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1);

    @TempDir
    Path directory;

    private final FakeIntake intake = new FakeIntake();
    private final HttpIngestCounts counts = new HttpIngestCounts();
    private final CountDownLatch homeGoesOn = new CountDownLatch(1);
    private Vertx vertx;
    private RawBackEnd backEnd;

    private static byte[] request(String command) {
        String body = "{\"id\":3,\"command\":\"" + command + "\"}";
        return ("POST /internal/execute HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        intake.answer =
                command -> Future.succeededFuture(new CommandResult.Accepted(List.of(new EventId("evt_1")), List.of()));
        backEnd = new RawBackEnd(connection -> {
            int before = 0;
            for (int got = readRequest(connection); got > before; got = readRequest(connection)) {
                connection.write(DONE);
                before = got;
            }
        });
    }

    private static int readRequest(RawBackEnd.Connection connection) throws IOException {
        return connection.read(REQUEST.length).length;
    }

    @AfterEach
    void stop() throws Exception {
        homeGoesOn.countDown();
        backEnd.close();
    }

    private HttpIngestVerticle proxy(String backEndHost, int port, Consumer<NetServerOptions> tls) {
        return new HttpIngestVerticle(
                new HttpIngestVerticle.Listen("127.0.0.1", port, tls),
                Optional.of(new HttpIngestVerticle.Upstream(
                        backEndHost, backEnd.port(), directory.resolve("unaccepted.ndjson"), 1 << 20)),
                new TapSettings(64 * 1024, 10, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                new TokenCheck(List.of()),
                new CommandAdmission(intake, () -> true, TimeSource.system(), new RecordingListener()),
                counts,
                TimeSource.system(),
                new VertxTimers(vertx));
    }

    private String deploy(HttpIngestVerticle proxy) throws Exception {
        return vertx.deployVerticle((Deployable) proxy).await(20, SECONDS);
    }

    private static void call(RawClient client) throws Exception {
        client.write(REQUEST);
        assertThat(client.read(DONE.length)).isEqualTo(DONE);
    }

    /** The verticle's event loop hangs from the next command on, in the taking in of it, until it is let go. */
    private void blockHome() {
        intake.answer = command -> {
            try {
                homeGoesOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Future.succeededFuture(new CommandResult.Accepted(List.of(new EventId("evt_1")), List.of()));
        };
    }

    @Test
    void a_blocked_event_loop_of_its_verticle_does_not_delay_a_call() throws Exception {
        HttpIngestVerticle proxy = proxy("127.0.0.1", 0, options -> {});
        deploy(proxy);
        blockHome();
        try (RawClient client = new RawClient(proxy.port())) {
            call(client);
            await().until(() -> intake.submitted.size() == 1); // From here on the loop hangs.
            call(client);
            try (RawClient another = new RawClient(proxy.port())) {
                call(another);
            }
            assertThat(intake.submitted).hasSize(1);
            homeGoesOn.countDown();
            await().untilAsserted(() -> assertThat(intake.submitted).hasSize(3));
        }
        assertThat(counts.unaccepted()).isZero();
    }

    @Test
    void while_its_verticle_hangs_all_calls_pass_and_those_there_is_no_room_for_are_counted_as_lost() throws Exception {
        HttpIngestVerticle proxy = proxy("127.0.0.1", 0, options -> {});
        deploy(proxy);
        blockHome();
        try (RawClient client = new RawClient(proxy.port())) {
            call(client);
            await().until(() -> intake.submitted.size() == 1);
            byte[] many = new String(REQUEST, ISO_8859_1).repeat(10_100).getBytes(ISO_8859_1);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(client, many));
            assertThat(client.read(10_100 * DONE.length)).hasSize(10_100 * DONE.length);
            written.join();
        }
        await().untilAsserted(() -> assertThat(counts.lost()).isEqualTo(100));
        assertThat(counts.unaccepted()).isEqualTo(100);
        homeGoesOn.countDown();
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(10_001));
        assertThat(counts.executed()).isEqualTo(10_101);
    }

    private static void write(RawClient client, byte[] bytes) {
        try {
            client.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void a_stop_is_complete_once_all_that_has_passed_is_taken_in_or_kept() throws Exception {
        HttpIngestVerticle proxy = proxy("127.0.0.1", 0, options -> {});
        String deployment = deploy(proxy);
        blockHome();
        Future<Void> stopped;
        try (RawClient client = new RawClient(proxy.port())) {
            for (int i = 0; i < 20; i++) {
                call(client);
            }
            await().until(() -> intake.submitted.size() == 1);
            stopped = vertx.undeploy(deployment);
            homeGoesOn.countDown();
            stopped.await(20, SECONDS);
        }
        assertThat(intake.submitted).hasSize(20);
        assertThat(counts.executed()).isEqualTo(20);
        assertThat(counts.unaccepted()).isZero();
        assertThat(directory.resolve("unaccepted.ndjson")).doesNotExist();
    }

    @Test
    void its_threads_are_gone_after_an_undeploy_and_after_a_start_that_failed() throws Exception {
        for (int i = 0; i < 10; i++) { // The host has all of its own threads then.
            comeAndGo();
        }
        Set<Thread> before = threads();
        for (int i = 0; i < 3; i++) {
            comeAndGo();
        }
        await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    private void comeAndGo() throws Exception {
        HttpIngestVerticle proxy = proxy("127.0.0.1", 0, options -> {});
        String deployment = deploy(proxy);
        try (RawClient client = new RawClient(proxy.port())) {
            call(client);
        }
        assertThat(ourThreads()).isNotEmpty();
        vertx.undeploy(deployment).await(20, SECONDS);
        try (ServerSocket taken = new ServerSocket(0)) {
            HttpIngestVerticle failing = proxy("127.0.0.1", taken.getLocalPort(), options -> {});
            assertThatThrownBy(() -> deploy(failing)).hasMessageContaining("cannot listen on 127.0.0.1");
        }
        await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }

    private static Set<String> ourThreads() {
        return threads().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("callback-proxy"))
                .collect(Collectors.toSet());
    }

    /** Of Vert.x, by whatever name: its loops, acceptors, workers, and what watches them. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(vert\\.?x|callback).*"))
                .collect(Collectors.toSet());
    }

    @Test
    void a_back_end_may_be_named_and_clients_may_come_by_tls() throws Exception {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path trust = authority.trustFile(directory, ".pem");
        Path key = TestAuthority.keyFile(directory, ".pem", authority.issue("localhost"));
        HttpIngestVerticle proxy = proxy(
                "localhost",
                0,
                options -> ServerTls.apply(Optional.of(new KeyFile(key, Optional.empty())), Optional.empty(), options));
        deploy(proxy);
        NetClient client = vertx.createNetClient(new NetClientOptions()
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertPath(trust.toString())));
        NetSocket socket = client.connect(proxy.port(), "localhost").await(20, SECONDS);
        LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
        socket.handler(bytes -> answers.add(bytes.toString(ISO_8859_1)));
        socket.write(new String(REQUEST, ISO_8859_1)).await(20, SECONDS);
        assertThat(answers.poll(20, SECONDS)).isEqualTo(new String(DONE, ISO_8859_1));
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(1));
        client.close().await(20, SECONDS);
    }
}
