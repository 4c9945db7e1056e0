package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.on;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.config.LookupConfig;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.http.RefusingPort;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(TestPostgres.CLIENT_FITS_VERTX)
class PostgresOutageTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context registry = vertx.getOrCreateContext();
    private final RefusingPort nobody = new RefusingPort();
    private LogOf log;

    @BeforeEach
    void listen() {
        log = LogOf.type(RetryingLookup.class);
    }

    @AfterEach
    void stop() {
        log.close();
        nobody.close();
        resultOf(vertx.close());
    }

    @Test
    void lookups_wait_while_the_database_is_down_and_are_answered_when_it_is_back(@TempDir Path data) throws Exception {
        try (TestPostgres database = new TestPostgres(data)) {
            ResourceLookup lookup = Lookups.of(database.config(), vertx, new VertxTimers(vertx));
            assertThat(resultOf(ask(lookup))).isPresent();

            database.stop();
            var waiting = IntStream.range(0, 200).mapToObj(i -> ask(lookup)).toList();
            await().until(() -> !log.messages(Level.WARN).isEmpty());
            assertThat(waiting).noneMatch(Future::isComplete);

            database.start();
            for (Future<Optional<ResourceSnapshot>> answer : waiting) {
                assertThat(resultOf(answer)).isPresent();
            }
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("127.0.0.1:" + database.port());
            assertThat(log.messages(Level.INFO)).hasSize(1);
            resultOf(on(registry, lookup::close));
        }
    }

    @Test
    void a_stop_ends_lookups_that_wait_for_the_database() {
        ResourceLookup lookup =
                Lookups.of(config(nobody.number(), Duration.ofSeconds(5)), vertx, new VertxTimers(vertx));
        Future<Optional<ResourceSnapshot>> waiting = ask(lookup);
        await().until(() -> !log.messages(Level.WARN).isEmpty());
        resultOf(on(registry, lookup::close));
        failureOf(waiting, ErrorCode.SHUTTING_DOWN);
    }

    @Test
    void a_database_that_refuses_connections_is_unavailable_at_once() {
        ResourceLookup lookup = open(config(nobody.number(), Duration.ofMinutes(1)), Duration.ofMinutes(2));
        assertThat(failureOf(ask(lookup), ErrorCode.LOOKUP_UNAVAILABLE))
                .hasMessageContainingAll("instance/123", "launch_vm", "refused", "asked again");
    }

    @Test
    void a_server_that_accepts_and_never_answers_is_unavailable_after_the_timeout() {
        NetServer silent =
                resultOf(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        ResourceLookup lookup = open(config(silent.actualPort(), Duration.ofMillis(200)), Duration.ofMinutes(1));
        // Twice as many as the pool has connections: those that wait for one are bounded by the same timeout.
        var waiting = IntStream.range(0, 2).mapToObj(i -> ask(lookup)).toList();
        waiting.forEach(answer ->
                assertThat(failureOf(answer, ErrorCode.LOOKUP_UNAVAILABLE)).hasMessageContaining("instance/123"));
        assertThat(resultOf(lookup.close())).isNull();
    }

    @Test
    void connections_to_a_server_that_fell_silent_do_not_hold_the_pool_for_ever(@TempDir Path data) throws Exception {
        AtomicBoolean silent = new AtomicBoolean(true);
        try (TestPostgres database = new TestPostgres(data)) {
            NetServer between = resultOf(vertx.createNetServer()
                    .connectHandler(socket -> forward(socket, database.port(), silent))
                    .listen(0, "127.0.0.1"));
            ResourceLookup lookup = open(config(between.actualPort(), Duration.ofMillis(500)), Duration.ofSeconds(1));
            failureOf(ask(lookup), ErrorCode.LOOKUP_UNAVAILABLE);
            silent.set(false);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ask(lookup)
                            .map(Optional::isPresent)
                            .otherwise(false)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get());
        }
    }

    /** Passes bytes on in both directions, unless {@code silent} when the connection comes: then for ever nothing. */
    private void forward(NetSocket from, int port, AtomicBoolean silent) {
        if (silent.get()) {
            return;
        }
        from.pause();
        NetClient client = vertx.createNetClient();
        client.connect(port, "127.0.0.1").onSuccess(to -> {
            from.pipeTo(to);
            to.pipeTo(from);
        });
    }

    private static LookupConfig.PostgreSql config(int port, Duration timeout) {
        String uri = "postgresql://postgres@127.0.0.1:" + port + "/postgres";
        return new LookupConfig.PostgreSql(uri, Optional.empty(), 1, timeout, Duration.ofMillis(50));
    }

    private ResourceLookup open(LookupConfig.PostgreSql config, Duration longestSilence) {
        return new PostgresLookup(vertx, new CloudLandDatabase(config, longestSilence));
    }

    private Future<Optional<ResourceSnapshot>> ask(ResourceLookup lookup) {
        return on(registry, () -> lookup.find(Samples.instance(123), Samples.command("launch_vm")));
    }
}
