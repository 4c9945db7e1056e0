package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away, at any moment, and comes back. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class StoreOutageTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    static Path data;

    private static StorePostgres database;
    private static Vertx vertx;
    private static TcpProxy proxy;

    private final String schema = StorePostgres.newSchema();
    private final List<PostgresEventStore> opened = new ArrayList<>();
    private LogOf log;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new StorePostgres(data);
        vertx = Vertx.vertx();
        proxy = new TcpProxy(vertx, database.port());
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        Use.await(vertx.close());
        database.close();
    }

    @BeforeEach
    void listen() {
        log = LogOf.named("store");
    }

    @AfterEach
    void closeStores() {
        opened.forEach(store -> Use.await(store.close()));
        log.close();
    }

    /** One that reaches the database through the proxy. */
    private PostgresEventStore store(Duration waitWhenAway) {
        return store(proxy.port(), "postgres", waitWhenAway);
    }

    private PostgresEventStore store(int port, String databaseName, Duration waitWhenAway) {
        return store(port, databaseName, waitWhenAway, Duration.ofSeconds(10));
    }

    private PostgresEventStore store(int port, String databaseName, Duration waitWhenAway, Duration timeout) {
        PostgresSettings settings = new PostgresSettings(
                "postgresql://postgres@127.0.0.1:" + port + "/" + databaseName,
                Optional.empty(),
                schema,
                "node",
                2,
                timeout,
                Duration.ofSeconds(1),
                waitWhenAway,
                Duration.ofSeconds(10),
                10_000,
                Retention.ofDeadLetters(1_000),
                Duration.ofDays(1));
        PostgresEventStore store = new PostgresEventStore(vertx, settings, TimeSource.system());
        opened.add(store);
        return store;
    }

    private PostgresEventStore open(Duration waitWhenAway) {
        return open(waitWhenAway, Duration.ofSeconds(10));
    }

    /** One that gives a server that hangs up soon. */
    private PostgresEventStore openImpatient(Duration waitWhenAway) {
        return open(waitWhenAway, Duration.ofSeconds(2));
    }

    private PostgresEventStore open(Duration waitWhenAway, Duration timeout) {
        PostgresEventStore store = store(proxy.port(), "postgres", waitWhenAway, timeout);
        Use.await(store.open());
        return store;
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }

    private static List<Long> sequences(List<Delivery> open, long id) {
        return open.stream()
                .filter(delivery -> delivery.resource().id() == id)
                .map(delivery -> delivery.event().sequence())
                .toList();
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<String> warnings() {
        return log.messages(Level.WARN);
    }

    @Test
    void without_patience_commands_are_refused_and_may_come_again_while_ends_wait() throws Exception {
        PostgresEventStore store = open(Duration.ZERO);
        Delivery delivery = Use.appended(store, 1, "running");
        database.stop();
        Future<Void> end;
        try {
            end = store.delivered(delivery, Use.TAKEN);
            until(() -> !warnings().isEmpty());
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> Use.await(Use.append(store, 2, "running")))
                        .isInstanceOfSatisfying(CallbackException.class, refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.STORE_FAILED);
                            assertThat(refused.code().retryable()).isTrue();
                            assertThat(refused).hasMessageContaining("send it again later");
                        });
            }
            assertThat(end.isComplete()).isFalse();
        } finally {
            database.start();
        }
        Use.await(end);
        assertThat(sequences(Use.open(store, 1), 1)).isEmpty();
        assertThat(Use.await(Use.append(store, 2, "running"))).isInstanceOf(AppendResult.Appended.class);
        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(0))
                .contains("is away", "Commands are refused", "127.0.0.1:")
                .doesNotContain("..");
        assertThat(warnings().get(1)).contains("is back after", "20 commands were refused");
    }

    @Test
    void with_patience_commands_wait_and_are_kept_in_their_order() throws Exception {
        PostgresEventStore store = open(LONG);
        Use.appended(store, 1, "s0");
        database.stop();
        List<Future<AppendResult>> waiting;
        try {
            waiting = IntStream.range(1, 700)
                    .mapToObj(i -> Use.append(store, 1, "s" + i))
                    .toList();
            until(() -> !warnings().isEmpty());
            assertThat(waiting).noneMatch(Future::isComplete);
        } finally {
            database.start();
        }
        Use.await(Future.all(waiting));

        List<Delivery> open = Use.open(store, 1);
        assertThat(sequences(open, 1)).isEqualTo(upTo(700));
        assertThat(open.stream().map(delivery -> delivery.event().change().status()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 700).mapToObj(i -> "s" + i).toList());
        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(0)).contains("wait for 300 s");
    }

    @Test
    void patience_ends_though_the_database_does_not_even_refuse() {
        PostgresEventStore store = openImpatient(Duration.ofSeconds(1));
        proxy.fallSilent();
        try {
            assertThatThrownBy(() -> Use.await(Use.append(store, 1, "running")))
                    .hasMessageContainingAll(ErrorCode.STORE_FAILED.name(), "send it again later");
        } finally {
            proxy.speak();
        }
        until(() -> Use.append(store, 2, "running")
                .map(true)
                .otherwise(false)
                .toCompletionStage()
                .toCompletableFuture()
                .join());
        assertThat(sequences(Use.open(store, 1), 1)).isEmpty();
    }

    @Test
    void last_states_are_waited_for_as_long_as_commands_wait() {
        PostgresEventStore store = openImpatient(LONG);
        Use.appended(store, 1, "running");
        proxy.fallSilent();
        var state = store.lastState(instance(1));
        until(() -> !warnings().isEmpty());
        proxy.speak();

        assertThat(Use.await(state)).isPresent();
    }

    /** Whether the commit happened or not: the sender hears the truth, and there is one event. */
    @ParameterizedTest
    @EnumSource(
            value = TcpProxy.Commits.class,
            names = {"CUT_THE_ANSWER", "SWALLOW_THE_ANSWER", "LOSE"})
    void a_commit_in_doubt_is_neither_lost_nor_made_twice(TcpProxy.Commits commit) {
        PostgresEventStore store = openImpatient(LONG);
        List<Integer> told = new ArrayList<>();
        store.listen(told::add);
        int before = proxy.hits();
        proxy.onNextCommit(commit);

        List<Future<AppendResult>> appends = IntStream.range(0, 50)
                .mapToObj(i -> Use.append(store, 1, "s" + i))
                .toList();
        Use.await(Future.all(appends));

        assertThat(proxy.hits()).isEqualTo(before + 1);
        List<Delivery> open = Use.open(store, 1);
        assertThat(sequences(open, 1)).isEqualTo(upTo(50));
        assertThat(appends.stream()
                        .map(append -> ((AppendResult.Appended) append.result())
                                .event()
                                .id()))
                .containsExactlyElementsOf(
                        open.stream().map(delivery -> delivery.event().id()).toList());
        assertThat(told).contains(instance(1).slot());
        assertThat(store.stats().events()).isEqualTo(50);
        until(() -> store.stats().pending() == 50);
    }

    @Test
    void without_patience_too_the_sender_of_a_commit_in_doubt_hears_that_it_happened() {
        PostgresEventStore store = open(Duration.ZERO);
        proxy.onNextCommit(TcpProxy.Commits.CUT_THE_ANSWER);

        assertThat(Use.await(Use.append(store, 1, "running"))).isInstanceOf(AppendResult.Appended.class);
        assertThat(Use.open(store, 1)).hasSize(1);
    }

    @Test
    void without_patience_the_sender_of_a_commit_that_did_not_happen_hears_that_or_it_is_kept_after_all() {
        PostgresEventStore store = open(Duration.ZERO);
        proxy.onNextCommit(TcpProxy.Commits.LOSE);

        boolean kept = Use.await(Use.append(store, 1, "running").map(true).otherwise(false));

        assertThat(Use.open(store, 1)).hasSize(kept ? 1 : 0);
    }

    /** The server does not know that its client is gone: the locks of its transaction would stay for hours. */
    @Test
    void a_transaction_that_was_left_open_keeps_nobody_from_writing() throws Exception {
        PostgresEventStore store = open(LONG);
        PostgresEventStore other = store(database.port(), "postgres", LONG);
        Use.await(other.open());
        proxy.onNextCommit(TcpProxy.Commits.LOSE);

        Future<AppendResult> inDoubt = Use.append(store, 1, "running");
        Use.await(inDoubt);
        Use.await(Use.append(other, 1, "paused"));

        assertThat(sequences(Use.open(store, 1), 1)).isEqualTo(upTo(2));
    }

    @Test
    void cut_again_and_again_under_load_nothing_is_lost_doubled_or_out_of_order() {
        PostgresEventStore store = openImpatient(LONG);
        TcpProxy.Commits[] harms = TcpProxy.Commits.values();
        List<Future<AppendResult>> appends = new ArrayList<>();
        List<Future<Void>> ends = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            proxy.onNextCommit(harms[round % harms.length]);
            for (int i = 0; i < 60; i++) {
                appends.add(Use.append(store, 1 + i % 5, "s" + appends.size()));
            }
            if (round % 4 == 3) {
                proxy.cut();
            }
            Use.await(appends.get(appends.size() - 30));
            if (round == 5) {
                Use.open(store, 1).forEach(delivery -> ends.add(store.delivered(delivery, Use.TAKEN)));
                proxy.cut();
            }
        }
        Use.await(Future.all(appends));
        Use.await(Future.all(ends));

        for (long id = 2; id <= 5; id++) {
            assertThat(sequences(Use.open(store, id), id)).isEqualTo(upTo(144));
        }
        assertThat(store.stats().events()).isEqualTo(720);
        assertThat(store.stats().delivered()).isEqualTo(ends.size());
        until(() -> store.stats().pending() == 720 - ends.size());
    }

    @Test
    void a_start_waits_for_a_database_that_is_away_and_tells_so_once() throws Exception {
        PostgresEventStore store = store(Duration.ZERO);
        database.stop();
        Future<Void> opening;
        try {
            opening = store.open();
            until(() -> !warnings().isEmpty());
            assertThat(opening.isComplete()).isFalse();
        } finally {
            database.start();
        }
        Use.await(opening);

        assertThat(warnings()).hasSize(2);
        assertThat(warnings().get(0)).contains("cannot be reached", "starts as soon as it can be");
        assertThat(warnings().get(1)).contains("the start goes on");
        Use.appended(store, 1, "running");
    }

    @Test
    void a_stop_ends_a_start_that_waits() throws Exception {
        PostgresEventStore store = store(Duration.ZERO);
        database.stop();
        try {
            Future<Void> opening = store.open();
            until(() -> !warnings().isEmpty());
            Use.await(store.close());

            assertThatThrownBy(() -> Use.await(opening)).hasMessageContaining(ErrorCode.SHUTTING_DOWN.name());
        } finally {
            database.start();
        }
    }

    @Test
    void what_does_not_pass_by_itself_fails_the_start_at_once() {
        PostgresEventStore store = store(database.port(), "no_such_database", Duration.ZERO);

        assertThatThrownBy(() -> Use.await(store.open()))
                .hasMessageContainingAll(ErrorCode.STORE_FAILED.name(), "no_such_database", "callback.store.uri");
        assertThat(warnings()).isEmpty();
    }
}
