package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A node that has lost a slot changes nothing in it. */
@EnabledIf(StorePostgres.CLIENT_FITS_VERTX)
class FencingTest {

    @TempDir
    static Path data;

    private static StorePostgres database;
    private static Vertx vertx;

    private final VirtualTimers time = new VirtualTimers();
    private final String schema = StorePostgres.newSchema();
    private final long[] tokens = new long[ResourceRef.SLOTS];
    private PostgresEventStore store;

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

    @BeforeEach
    void openStore() {
        Arrays.fill(tokens, 1);
        store = new PostgresEventStore(vertx, database.settings(schema, "node"), slot -> tokens[slot], time);
        Use.await(store.open());
    }

    @AfterEach
    void closeStore() {
        Use.await(store.close());
    }

    /** As another node does that takes the slot over. */
    private void takeOver(long id) throws Exception {
        database.execute("update " + schema + ".slot_lease set token = token + 1 where slot = "
                + instance(id).slot());
    }

    private static void assertLeaseLost(Future<Void> write) {
        assertThatThrownBy(() -> Use.await(write)).isInstanceOfSatisfying(CallbackException.class, lost -> {
            assertThat(lost.code()).isEqualTo(ErrorCode.LEASE_LOST);
            assertThat(lost).hasMessageContaining("another node");
        });
    }

    @TestFactory
    Stream<DynamicTest> no_write_of_an_owner_takes_effect_under_a_token_that_is_not_the_slot_s() {
        Map<String, BiFunction<Delivery, Delivery, Future<Void>>> writes = Map.of(
                "delivered", (older, newer) -> store.delivered(older, Use.TAKEN),
                "retryAt",
                        (older, newer) ->
                                store.retryAt(older, Use.BUSY, time.now().plusSeconds(5)),
                "dead", (older, newer) -> store.dead(older, Use.BUSY, "why"),
                "coalesce",
                        (older, newer) ->
                                store.coalesce(newer.withCoalesced(Coalesced.NOTHING.and(older)), List.of(older)));
        return writes.entrySet().stream()
                .map(write -> DynamicTest.dynamicTest(write.getKey(), () -> changesNothing(write.getValue())));
    }

    private void changesNothing(BiFunction<Delivery, Delivery, Future<Void>> write) throws Exception {
        long id = LongStream.iterate(1, next -> next + 1)
                .filter(next -> Use.open(store, next).isEmpty())
                .findFirst()
                .orElseThrow();
        Delivery older = Use.appended(store, id, "running");
        Delivery newer = Use.appended(store, id, "paused");
        takeOver(id);

        assertLeaseLost(write.apply(older, newer));

        assertThat(Use.open(store, id))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(older, newer);
        assertThat(Use.await(store.records().deadLetters(DeadLetterFilter.all(), 10)))
                .isEmpty();
        assertThat(Use.await(store.records().attempts(AttemptFilter.all(), 10))).isEmpty();
        assertThat(store.stats().delivered()
                        + store.stats().dead()
                        + store.stats().coalesced())
                .isZero();
    }

    @Test
    void a_slot_that_was_lost_keeps_no_other_in_the_same_commit_from_being_written() throws Exception {
        long other = LongStream.iterate(2, id -> id + 1)
                .filter(id -> instance(id).slot() != instance(1).slot())
                .findFirst()
                .orElseThrow();
        Delivery lost = Use.appended(store, 1, "running");
        Delivery held = Use.appended(store, other, "running");
        takeOver(1);

        Future<Void> refused = store.delivered(lost, Use.TAKEN);
        Future<Void> written = store.delivered(held, Use.TAKEN);

        assertLeaseLost(refused);
        Use.await(written);
        assertThat(Use.open(store, 1)).hasSize(1);
        assertThat(Use.open(store, other)).isEmpty();
        assertThat(store.stats().delivered()).isEqualTo(1);
    }

    @Test
    void whoever_has_the_new_token_writes() throws Exception {
        Delivery delivery = Use.appended(store, 1, "running");
        takeOver(1);
        tokens[instance(1).slot()] = 2;

        Use.await(store.delivered(delivery, Use.TAKEN));

        assertThat(Use.open(store, 1)).isEmpty();
    }

    @Test
    void what_a_node_could_not_merge_any_more_the_new_owner_finds_as_it_was_and_merges_and_delivers_itself()
            throws Exception {
        Delivery older = Use.appended(store, 1, "running");
        Delivery newer = Use.appended(store, 1, "paused");
        Delivery standing = newer.withCoalesced(Coalesced.NOTHING.and(older));
        takeOver(1);
        assertLeaseLost(store.coalesce(standing, List.of(older)));
        PostgresEventStore owner = new PostgresEventStore(vertx, database.settings(schema, "owner"), slot -> 2, time);
        Use.await(owner.open());

        assertThat(Use.open(owner, 1))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(older, newer);
        Use.await(owner.coalesce(standing, List.of(older)));
        assertThat(Use.open(owner, 1)).extracting(Delivery::coalesced).containsExactly(new Coalesced(1, 1));
        assertLeaseLost(store.delivered(standing, Use.TAKEN));
        Use.await(owner.delivered(Use.open(owner, 1).get(0), Use.TAKEN));

        assertThat(Use.open(owner, 1)).isEmpty();
        assertThat(List.of(owner.stats().delivered(), owner.stats().coalesced()))
                .containsExactly(1L, 1L);
        assertThat(store.stats().delivered() + store.stats().coalesced()).isZero();
        Use.await(owner.close());
    }

    @Test
    void the_token_is_that_of_the_moment_of_the_call() throws Exception {
        Delivery delivery = Use.appended(store, 1, "running");
        takeOver(1);
        Future<Void> late = store.delivered(delivery, Use.TAKEN);
        tokens[instance(1).slot()] = 2;

        assertLeaseLost(late);
    }

    @Test
    void appends_and_replays_are_of_any_node() throws Exception {
        Use.await(store.dead(Use.appended(store, 1, "running"), Use.BUSY, "why"));
        takeOver(1);

        assertThat(Use.await(Use.append(store, 1, "paused"))).isInstanceOf(AppendResult.Appended.class);
        assertThat(Use.await(store.records().replay(DeadLetterFilter.all(), any -> true))
                        .count())
                .isEqualTo(1);
        assertThat(Use.open(store, 1)).hasSize(2);
    }

    @Test
    void a_store_without_a_fence_holds_what_it_finds_when_it_is_opened() throws Exception {
        takeOver(1);
        PostgresEventStore alone =
                new PostgresEventStore(vertx, database.settings(schema, "node"), new VirtualTimers());
        Use.await(alone.open());

        Use.await(alone.delivered(Use.appended(alone, 1, "running"), Use.TAKEN));
        takeOver(1);

        assertLeaseLost(alone.delivered(Use.appended(alone, 1, "paused"), Use.TAKEN));
        Use.await(alone.close());
    }
}
