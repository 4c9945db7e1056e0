package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptCommandsContract;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.Replayed;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

class RocksDbEventStoreTest extends KeptCommandsContract {

    private static final long MAX_BYTES = 1L << 30;
    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");

    @TempDir
    Path directory;

    @Override
    protected EventStore create(Retention retention, Duration dedupWindow) {
        return new RocksDbEventStore(
                directory.resolve("store"), Sync.ALWAYS, MAX_BYTES, CAPACITY, retention, dedupWindow, time);
    }

    @Override
    protected EventStore recreate() {
        return create();
    }

    private Future<AppendResult> append(long id, String status) {
        return store.append(
                change(instance(id), status), false, event -> List.of(new PlannedDelivery("default", payload(status))));
    }

    private List<Delivery> pending(long id) {
        return await(store.pending("default", instance(id).slot(), -1, 1_000));
    }

    @Test
    void answers_come_on_the_context_of_the_caller_and_never_on_a_thread_of_the_store() {
        Vertx vertx = Vertx.vertx();
        try {
            Context context = vertx.getOrCreateContext();
            Promise<List<String>> threads = Promise.promise();
            context.runOnContext(ignored -> {
                List<String> seen = new ArrayList<>();
                append(1, "running")
                        .onComplete(done -> seen.add(Thread.currentThread().getName()))
                        .compose(done -> store.pending("default", instance(1).slot(), -1, 10))
                        .onComplete(done -> seen.add(Thread.currentThread().getName()))
                        .compose(found -> store.delivered(found.get(0), attempt(1, OK)))
                        .onComplete(done -> seen.add(Thread.currentThread().getName()))
                        .compose(done -> store.lastState(instance(2)))
                        .onComplete(done -> seen.add(Thread.currentThread().getName()))
                        .onComplete(done -> threads.complete(seen));
            });
            assertThat(await(threads.future())).hasSize(4).allMatch(name -> name.startsWith("vert.x-eventloop"));
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void appends_that_come_together_share_a_commit_and_keep_their_order() {
        List<Future<AppendResult>> all =
                IntStream.range(0, CAPACITY).mapToObj(i -> append(7, "s" + i)).toList();
        await(Future.all(all));

        assertThat(pending(7))
                .extracting(delivery -> delivery.event().sequence())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, CAPACITY).boxed().toList());
    }

    @Test
    void one_that_is_refused_in_a_shared_commit_harms_no_other() {
        List<Future<AppendResult>> all = IntStream.range(0, CAPACITY + 10)
                .mapToObj(i -> append(7, "s" + i))
                .toList();
        Future.join(all)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((done, failure) -> done)
                .join();

        assertThat(all.stream().filter(Future::succeeded)).hasSize(CAPACITY);
        assertThat(store.stats().pending()).isEqualTo(CAPACITY);
        assertThat(pending(7)).hasSize(CAPACITY);
    }

    @Test
    void a_planner_that_fails_harms_no_other_and_moves_no_history() {
        Future<AppendResult> bad = store.append(change(instance(1), "x"), false, event -> {
            throw new IllegalStateException("no such format");
        });
        assertThatThrownBy(() -> await(bad))
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
        assertThat(((AppendResult.Appended) await(append(1, "running"))).event().sequence())
                .isEqualTo(1);
    }

    @Test
    void ending_a_delivery_twice_in_one_commit_counts_once() {
        await(append(1, "running"));
        Delivery delivery = pending(1).get(0);

        await(Future.all(
                store.delivered(delivery, attempt(1, OK)),
                store.delivered(delivery, attempt(1, OK)),
                store.dead(delivery, attempt(1, OK), "late")));

        assertThat(store.stats().delivered()).isEqualTo(1);
        assertThat(store.stats().dead()).isZero();
        assertThat(store.stats().pending()).isZero();
    }

    @Test
    void a_head_far_behind_many_ended_ones_is_found_before_and_after_a_restart() {
        for (int round = 0; round < 10; round++) {
            await(Future.all(IntStream.range(0, CAPACITY - 1)
                    .mapToObj(i -> append(7, "s" + i))
                    .toList()));
            List<Delivery> open = pending(7);
            await(Future.all(open.subList(0, open.size() - 1).stream()
                    .map(delivery -> store.delivered(delivery, attempt(1, OK)))
                    .toList()));
            Delivery last = open.get(open.size() - 1);
            assertThat(pending(7)).extracting(Delivery::position).containsExactly(last.position());
            restart();
            assertThat(pending(7)).extracting(Delivery::position).containsExactly(last.position());
            await(store.delivered(last, attempt(1, OK)));
        }
        assertThat(pending(7)).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_becomes_a_dead_letter_and_the_others_go_on() throws Exception {
        IntStream.range(0, 3).forEach(i -> await(append(7, "s" + i)));
        Delivery second = pending(7).get(1);
        await(store.close());
        overwrite(Family.DELIVERIES, new DeliveryKey(1, instance(7).slot(), second.position()).toBytes());
        store = create();
        await(store.open());

        assertThat(pending(7))
                .extracting(delivery -> delivery.event().sequence())
                .containsExactly(1L, 3L);
        Awaitility.await().until(() -> store.stats().dead() == 1);
        assertThat(await(store.deadLetters(10))).singleElement().satisfies(letter -> {
            assertThat(letter.reason())
                    .contains("position " + second.position())
                    .contains("version");
            assertThat(letter.delivery().endpoint()).isEqualTo("default");
        });
        assertThat(store.stats().pending()).isEqualTo(2);
        restart();
        assertThat(pending(7)).hasSize(2);
        assertThat(((AppendResult.Appended) await(append(7, "next"))).event().sequence())
                .isEqualTo(4);
    }

    @Test
    void a_letter_whose_delivery_cannot_be_read_is_listed_never_replayed_and_can_be_purged() throws Exception {
        await(append(7, "running"));
        Delivery delivery = pending(7).get(0);
        await(store.close());
        overwrite(Family.DELIVERIES, new DeliveryKey(1, instance(7).slot(), delivery.position()).toBytes());
        store = create();
        await(store.open());
        pending(7);
        Awaitility.await().until(() -> store.stats().dead() == 1);

        DeadLetterFilter it = DeadLetterFilter.ofEvent("unreadable_at_" + delivery.position());
        assertThat(await(store.records().deadLetters(it, 10))).hasSize(1);
        assertThat(await(store.records().replay(it, any -> true)))
                .isEqualTo(new Replayed(0, 1, Map.of(), Optional.empty()));
        assertThat(store.stats().deadKept()).isEqualTo(1);
        assertThat(await(store.records().purge(it))).isEqualTo(1);
        assertThat(store.stats().deadKept()).isZero();
    }

    @Test
    void more_letters_than_one_chunk_are_replayed_all_and_in_order_while_events_come_in() {
        int count = 1_000;
        await(store.close());
        Path path = directory.resolve("large");
        store = new RocksDbEventStore(path, Sync.OFF, MAX_BYTES, 10_000, count, TimeSource.system());
        await(store.open());
        await(Future.all(IntStream.range(0, count)
                .mapToObj(i -> append(7 + i % 3, "s" + i))
                .toList()));
        LongStream.range(7, 10)
                .forEach(id -> await(Future.all(pending(id).stream()
                        .map(delivery -> store.dead(delivery, attempt(1, OK), "why"))
                        .toList())));

        Future<Replayed> replay = store.records().replay(DeadLetterFilter.all(), any -> true);
        await(Future.all(
                IntStream.range(0, 100).mapToObj(i -> append(1_000, "s" + i)).toList()));

        assertThat(await(replay)).isEqualTo(new Replayed(count, 0, Map.of(), Optional.empty()));
        assertThat(store.stats().pending()).isEqualTo(count + 100);
        assertThat(store.stats().deadKept()).isZero();
        LongStream.range(7, 10)
                .forEach(id -> assertThat(pending(id))
                        .hasSizeBetween(333, 334)
                        .extracting(delivery -> delivery.event().sequence())
                        .isSorted());
        assertThat(await(store.records().deadLetters(DeadLetterFilter.all(), 10)))
                .isEmpty();
    }

    @Test
    void a_crash_at_any_moment_of_a_replay_loses_and_doubles_nothing() throws Exception {
        int count = 2_000;
        await(store.close());
        store = new RocksDbEventStore(
                directory.resolve("live"), Sync.OFF, MAX_BYTES, count, count, TimeSource.system());
        await(store.open());
        await(Future.all(
                IntStream.range(0, count).mapToObj(i -> append(7, "s" + i)).toList()));
        for (Delivery delivery : await(store.pending("default", instance(7).slot(), -1, count))) {
            store.dead(delivery, attempt(1, OK), "why");
        }
        Awaitility.await().until(() -> store.stats().deadKept() == count);

        Future<Replayed> replay = store.records().replay(DeadLetterFilter.all(), any -> true);
        List<Path> crashes = new ArrayList<>();
        while (crashes.isEmpty() || !replay.isComplete()) {
            crashes.add(copyAsACrashWouldLeaveIt(crashes.size()));
        }

        assertThat(await(replay).count()).isEqualTo(count);
        for (Path crash : crashes) {
            EventStore left = new RocksDbEventStore(crash, Sync.OFF, MAX_BYTES, count, count, TimeSource.system());
            await(left.open());
            assertThatEachEventIsThereOnce(left, count);
            await(left.close());
        }
    }

    /** Nothing but the log grows here, and a copy of it has a torn end at worst. */
    private Path copyAsACrashWouldLeaveIt(int number) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("crash-" + number));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("live"))) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void assertThatEachEventIsThereOnce(EventStore left, int count) {
        List<Long> sequences = new ArrayList<>();
        await(left.records().deadLetters(DeadLetterFilter.all(), count + 1))
                .forEach(letter -> sequences.add(letter.delivery().event().sequence()));
        int dead = sequences.size();
        await(left.records().deliveries(DeliveryFilter.all(), count + 1))
                .forEach(open -> sequences.add(open.event().sequence()));
        assertThat(sequences)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(left.stats().deadKept()).isEqualTo(dead);
        assertThat(left.stats().pending()).isEqualTo(count - dead);
    }

    @Test
    void two_replays_at_once_take_each_letter_once() {
        IntStream.rangeClosed(1, 10).forEach(i -> await(append(7, "s" + i)));
        pending(7).forEach(delivery -> await(store.dead(delivery, attempt(1, OK), "why")));

        List<Future<Replayed>> replays = IntStream.range(0, 4)
                .mapToObj(i -> store.records().replay(DeadLetterFilter.all(), any -> true))
                .toList();
        Future<Long> purge = store.records().purge(DeadLetterFilter.all());
        long taken = replays.stream().mapToLong(replay -> await(replay).count()).sum();

        assertThat(taken + await(purge)).isEqualTo(10);
        assertThat(pending(7)).hasSize((int) taken);
        assertThat(store.stats().deadKept()).isZero();
        assertThat(store.stats().pending()).isEqualTo(taken);
    }

    @Test
    void a_state_that_cannot_be_read_stops_its_own_resource_alone() throws Exception {
        await(append(7, "running"));
        await(store.close());
        overwrite(Family.STATES, StateCodec.key(instance(7)));
        store = create();
        await(store.open());

        assertThatThrownBy(() -> await(append(7, "paused")))
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_FAILED))
                .hasMessageContaining("instance/7");
        await(append(8, "running"));
    }

    private void overwrite(Family family, byte[] key) throws Exception {
        try (Database database = Database.open(directory.resolve("store"), MAX_BYTES);
                WriteBatch batch = new WriteBatch()) {
            if (family == Family.DELIVERIES) {
                batch.singleDelete(database.handle(family), key);
            }
            batch.put(database.handle(family), key, new byte[] {99, 1, 2});
            database.write(batch, true);
        }
    }

    @Test
    void with_every_way_to_sync_a_stop_keeps_everything() {
        for (Sync sync : Sync.values()) {
            await(store.close());
            Path path = directory.resolve(sync.wireName());
            store = new RocksDbEventStore(path, sync, MAX_BYTES, CAPACITY, 5, TimeSource.system());
            await(store.open());
            await(append(1, "running"));
            await(store.close());
            store = new RocksDbEventStore(path, sync, MAX_BYTES, CAPACITY, 5, TimeSource.system());
            await(store.open());
            assertThat(pending(1)).hasSize(1);
        }
    }

    @Test
    void closing_twice_and_closing_what_was_never_open_is_fine() {
        await(Future.all(store.close(), store.close()));
        await(create().close());
        assertThat(store.stats().capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void closing_answers_everything_that_is_under_way() {
        List<Future<AppendResult>> all =
                IntStream.range(0, 50).mapToObj(i -> append(7, "s" + i)).toList();
        await(store.close());

        assertThat(all).allMatch(Future::isComplete);
        long kept = all.stream().filter(Future::succeeded).count();
        store = create();
        await(store.open());
        assertThat(pending(7)).hasSize((int) kept);
    }

    @Test
    void keys_of_windows_long_past_are_dropped_and_one_of_the_present_costs_nothing_after_them() throws Exception {
        for (int day = 0; day < 4; day++) {
            for (int i = 0; i < 10; i++) {
                await(store.unchanged(new CommandKey("op-" + day + "-" + i, "m")));
            }
            time.advance(WINDOW);
        }
        await(store.unchanged(new CommandKey("last", "m")));
        await(store.close());

        try (Database database = Database.open(directory.resolve("store"), MAX_BYTES)) {
            byte[] from = SeenCodec.bucketStart(0);
            int rows = 0;
            try (Scan scan = database.scan(Family.SEEN, from, SeenCodec.bucketStart(Long.MAX_VALUE))
                    .first(from)) {
                for (; scan.isValid(); scan.next()) {
                    rows++;
                }
            }
            assertThat(rows).isEqualTo(11);
        }
    }

    @Test
    void a_kept_command_that_cannot_be_read_stays_and_stops_no_other() throws Exception {
        CommandMessage command = new CommandMessage(
                Optional.empty(), "launch_vm", List.of("launch_vm", "1"), false, Optional.empty(), time.now());
        for (long arrival = 1; arrival <= 3; arrival++) {
            await(inbox().keep(new KeptCommand(
                    arrival,
                    command,
                    List.of(new KeptPart(arrival, 0, new EventId("evt_" + arrival), Optional.empty())))));
        }
        await(store.close());
        try (Database database = Database.open(directory.resolve("store"), MAX_BYTES);
                WriteBatch damage = new WriteBatch()) {
            damage.put(database.handle(Family.INBOX), InboxCodec.commandKey(2), new byte[] {99});
            database.write(damage, true);
        }
        store = create();
        await(store.open());

        assertThat(await(inbox().after(0, 10))).extracting(KeptCommand::arrival).containsExactly(1L, 3L);
        assertThat(inbox().size()).isEqualTo(3);
    }
}
