package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one schema. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class SharedStoreTest {

    @TempDir
    static Path data;

    private static StorePostgres database;
    private static Vertx vertx;

    private final VirtualTimers time = new VirtualTimers();
    private final String schema = StorePostgres.newSchema();
    private PostgresEventStore one;
    private PostgresEventStore other;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new StorePostgres(data);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        Use.await(vertx.close());
        database.close();
    }

    /** At once, on a schema that is not there yet. */
    @BeforeEach
    void openBoth() {
        one = store("one", Duration.ofMinutes(5));
        other = store("other", Duration.ofMinutes(5));
        Use.await(Future.all(one.open(), other.open()));
    }

    @AfterEach
    void closeBoth() {
        Use.await(Future.all(one.close(), other.close()));
    }

    private PostgresEventStore store(String node, Duration pollInterval) {
        PostgresSettings from = database.settings(schema, node);
        PostgresSettings settings = new PostgresSettings(
                from.uri(),
                from.password(),
                from.schema(),
                from.node(),
                from.poolSize(),
                from.timeout(),
                pollInterval,
                from.waitWhenAway(),
                from.lease(),
                from.queueSize(),
                from.retention(),
                from.dedupWindow());
        return new PostgresEventStore(vertx, settings, time);
    }

    @Test
    void nodes_that_start_at_once_make_the_schema_once() throws Exception {
        assertThat(database.number("select count(*) from " + schema + ".schema_version"))
                .isEqualTo(1);
        ResourceChangeEvent first = event(Use.await(Use.append(one, 1, "a")));
        ResourceChangeEvent second = event(Use.await(Use.append(other, 1, "b")));
        assertThat(second.epoch()).isEqualTo(first.epoch());
    }

    @Test
    void what_comes_in_meanwhile_shares_a_commit() throws Exception {
        List<Future<AppendResult>> appends = IntStream.range(0, 1_000)
                .mapToObj(i -> Use.append(one, 1 + i, "running"))
                .toList();
        Use.await(Future.all(appends));

        assertThat(database.number("select max(number) from " + schema + ".commit_mark"))
                .isBetween(2L, 100L);
    }

    private static ResourceChangeEvent event(AppendResult result) {
        return ((AppendResult.Appended) result).event();
    }

    @Test
    void histories_have_no_gap_whoever_appends_and_positions_go_with_them() {
        List<Future<AppendResult>> appends = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            appends.add(Use.append(i % 2 == 0 ? one : other, 1 + i % 7, "s" + i));
            if (i % 50 == 49) {
                Use.await(Future.all(appends)); // So that there are many transactions, not two large ones.
            }
        }
        Use.await(Future.all(appends));

        for (long id = 1; id <= 7; id++) {
            List<Delivery> open = Use.open(one, id).stream()
                    .filter(delivery -> delivery.event().resource().id() <= 7)
                    .toList();
            assertThat(open).isSortedAccordingTo(Comparator.comparingLong(Delivery::position));
            assertHistory(open, id);
        }
    }

    private static void assertHistory(List<Delivery> open, long id) {
        Optional<String> previous = Optional.empty();
        long sequence = 0;
        for (Delivery delivery : open) {
            if (delivery.resource().id() == id) {
                assertThat(delivery.event().sequence()).isEqualTo(++sequence);
                assertThat(delivery.event().previousStatus()).isEqualTo(previous);
                previous = Optional.of(delivery.event().change().status());
            }
        }
        assertThat(sequence).isBetween(85L, 86L);
    }

    /** One that became visible behind a position that was read already would be missed for ever. */
    @Test
    void whoever_reads_on_while_both_append_misses_nothing() {
        List<Future<AppendResult>> appends = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        long after = -1;
        int slot = instance(9).slot();
        for (int i = 0; i < 400; i++) {
            appends.add(Use.append(i % 2 == 0 ? one : other, 9, "s" + i));
            if (i % 4 == 3) {
                List<Delivery> page = Use.await(one.pending("default", slot, after, 100));
                page.forEach(delivery -> seen.add(delivery.event().sequence()));
                after = page.isEmpty() ? after : page.get(page.size() - 1).position();
            }
        }
        Use.await(Future.all(appends));
        Use.await(one.pending("default", slot, after, 1_000))
                .forEach(delivery -> seen.add(delivery.event().sequence()));

        assertThat(seen).containsExactlyElementsOf(LongRange.upTo(400));
    }

    private static final class LongRange {
        static List<Long> upTo(int last) {
            return IntStream.rangeClosed(1, last).mapToObj(Long::valueOf).toList();
        }
    }

    @Test
    void a_command_that_reaches_two_nodes_at_once_makes_one_event() {
        Map<String, List<Future<AppendResult>>> byId = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            Optional<CommandKey> key = Optional.of(new CommandKey("op-" + i, "action_vm instance/1"));
            // Other resources: no lock of a slot brings them into an order.
            byId.put("op-" + i, List.of(Use.append(one, i + 1, "a", key), Use.append(other, i + 101, "a", key)));
        }
        byId.values().forEach(both -> {
            List<AppendResult> results = both.stream().map(Use::await).toList();
            Optional<EventId> made = results.stream()
                    .filter(result -> result instanceof AppendResult.Appended)
                    .map(result -> event(result).id())
                    .findFirst();
            assertThat(results).contains(new AppendResult.Duplicate(made.orElseThrow()));
        });
        assertThat(one.stats().events() + other.stats().events()).isEqualTo(40);
    }

    @Test
    void a_node_hears_at_once_what_another_has_kept_and_its_own_once() {
        List<Integer> atOne = new CopyOnWriteArrayList<>();
        List<Integer> atOther = new CopyOnWriteArrayList<>();
        one.listen(atOne::add);
        other.listen(atOther::add);

        Use.await(Use.append(one, 127, "running"));

        await().until(() -> atOther.contains(instance(127).slot()));
        Use.await(Use.append(other, 128, "running"));
        await().until(() -> atOne.contains(instance(128).slot()));
        assertThat(atOne).containsExactly(instance(127).slot(), instance(128).slot());
        assertThat(atOther).containsExactly(instance(127).slot(), instance(128).slot());
    }

    @Test
    void what_nobody_has_told_of_is_found_by_the_poll() throws Exception {
        PostgresEventStore polling = store("polling", Duration.ofSeconds(1));
        Use.await(polling.open());
        List<Integer> told = new CopyOnWriteArrayList<>();
        polling.listen(told::add);

        database.execute("update " + schema + ".slot_order set last_position = 5000000 where slot = 77");

        await().until(() -> told.contains(77));
        assertThat(told).containsExactly(77);
        Use.await(polling.close());
    }

    @Test
    void what_others_have_pending_counts_after_the_poll() throws Exception {
        PostgresEventStore polling = store("polling", Duration.ofSeconds(1));
        Use.await(polling.open());

        Use.await(Use.append(one, 127, "running"));

        await().until(() -> polling.stats().pending() == 1);
        assertThat(polling.stats().events()).isZero();
        Use.await(polling.close());
    }

    @Test
    void kept_commands_are_those_of_their_node() {
        Use.await(one.inbox().orElseThrow().keep(kept(1, "one")));
        Use.await(other.inbox().orElseThrow().keep(kept(1, "other")));

        assertThat(Stream.of(one, other)
                        .map(store -> Use.await(store.inbox().orElseThrow().after(0, 10)))
                        .map(commands -> commands.get(0).command().name()))
                .containsExactly("one", "other");
        Use.await(one.inbox().orElseThrow().drop(kept(1, "one").parts().get(0)));
        assertThat(Use.await(other.inbox().orElseThrow().after(0, 10))).hasSize(1);
    }

    private void isAlive(String node) throws Exception {
        database.execute("insert into " + schema + ".cluster_node (id, name, alive_until) values ('" + node + "', '"
                + node + "', now() + interval '1 hour')");
    }

    private static List<KeptCommand> adopted(PostgresEventStore by, long firstArrival, int limit) {
        return Use.await(by.inbox().orElseThrow().adopt(firstArrival, limit));
    }

    private static AppendResult fulfilled(PostgresEventStore by, KeptPart part) {
        return Use.await(by.append(
                Samples.change(instance(1), "running"), AppendTerms.fulfilling(false, part), event -> List.of()));
    }

    @Test
    void what_a_node_keeps_is_taken_over_once_it_is_gone_and_not_before() throws Exception {
        isAlive("one");
        isAlive("other");
        Use.await(one.inbox().orElseThrow().keep(kept(1, "first")));
        Use.await(one.inbox().orElseThrow().keep(kept(2, "second")));
        Use.await(other.inbox().orElseThrow().keep(kept(1, "own")));
        assertThat(adopted(other, 100, 10)).isEmpty();

        database.execute("delete from " + schema + ".cluster_node where name = 'one'");
        List<KeptCommand> taken = adopted(other, 100, 10);

        assertThat(taken).extracting(command -> command.command().name()).containsExactly("first", "second");
        assertThat(taken).extracting(KeptCommand::arrival).containsExactly(100L, 101L);
        assertThat(taken.get(0).parts())
                .containsExactly(new KeptPart(100, 0, new EventId("evt_first"), Optional.empty()));
        assertThat(Use.await(other.inbox().orElseThrow().after(0, 10)))
                .extracting(KeptCommand::arrival)
                .containsExactly(1L, 100L, 101L);
        assertThat(Use.await(one.inbox().orElseThrow().after(0, 10))).isEmpty();
    }

    @Test
    void a_node_that_wakes_up_makes_no_event_of_what_was_taken_over_meanwhile() {
        KeptPart asItWas = kept(1, "first").parts().get(0);
        Use.await(one.inbox().orElseThrow().keep(kept(1, "first")));
        KeptPart asItIs = adopted(other, 7, 10).get(0).parts().get(0);

        assertThat(fulfilled(one, asItWas)).isEqualTo(new AppendResult.Duplicate(asItWas.eventId()));
        Use.await(one.inbox().orElseThrow().drop(asItWas));
        assertThat(event(fulfilled(other, asItIs)).id()).isEqualTo(asItWas.eventId());
        assertThat(adopted(one, 1, 10)).isEmpty();
    }

    @Test
    void who_asks_again_after_a_failure_gets_what_the_first_try_took_and_the_rest() {
        for (int i = 1; i <= 5; i++) {
            Use.await(one.inbox().orElseThrow().keep(kept(i, "kept-" + i)));
        }
        assertThat(adopted(other, 50, 2)).hasSize(2);
        Use.await(other.inbox().orElseThrow().keep(kept(90, "own")));

        assertThat(adopted(other, 50, 4)).extracting(KeptCommand::arrival).containsExactly(50L, 51L, 52L, 53L);
        assertThat(adopted(other, 60, 4))
                .extracting(command -> command.command().name())
                .containsExactly("kept-5");
    }

    @Test
    void nodes_that_take_over_at_once_share_what_there_is() throws Exception {
        for (int i = 1; i <= 100; i++) {
            Use.await(one.inbox().orElseThrow().keep(kept(i, "kept-" + i)));
        }
        PostgresEventStore third = store("third", Duration.ofMinutes(5));
        Use.await(third.open());
        try {
            isAlive("other");
            isAlive("third");
            List<Future<List<KeptCommand>>> takers = Stream.of(other, third, other, third)
                    .map(by -> by.inbox().orElseThrow())
                    .map(inbox -> inbox.adopt(1_000, 100))
                    .toList();
            Use.await(Future.join(takers));
            List<String> names = Stream.of(other, third)
                    .flatMap(by -> Use.await(by.inbox().orElseThrow().after(0, 200)).stream())
                    .map(command -> command.command().name())
                    .toList();
            assertThat(names).hasSize(100).doesNotHaveDuplicates();
        } finally {
            Use.await(third.close());
        }
    }

    private static KeptCommand kept(long arrival, String name) {
        CommandMessage command =
                new CommandMessage(Optional.empty(), name, List.of(name), false, Optional.empty(), Samples.AT);
        return new KeptCommand(
                arrival, command, List.of(new KeptPart(arrival, 0, new EventId("evt_" + name), Optional.empty())));
    }

    @Test
    void a_schema_of_a_newer_build_is_left_alone() throws Exception {
        database.execute("insert into " + schema + ".schema_version (version) values (99)");
        PostgresEventStore older = store("older", Duration.ofMinutes(5));

        assertThatThrownBy(() -> Use.await(older.open()))
                .hasMessageContainingAll(ErrorCode.CONFIG_INVALID.name(), "version 99", "newer build", schema);
    }
}
