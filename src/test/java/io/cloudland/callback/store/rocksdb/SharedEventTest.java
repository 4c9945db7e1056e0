package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.event;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** What an event owes to several endpoints lies in the store once, and is gone with the last of these deliveries. */
class SharedEventTest {

    private static final long MAX_BYTES = 1L << 30;
    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "busy");

    @TempDir
    Path directory;

    private RocksDbEventStore store;

    @BeforeEach
    void open() {
        store = new RocksDbEventStore(directory, Sync.OFF, MAX_BYTES, 1_000, 100, new VirtualTimers());
        await(store.open());
    }

    @AfterEach
    void close() {
        await(store.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** An event with one body for all of them. */
    private ResourceChangeEvent append(String status, String... endpoints) {
        Payload body = payload("body of " + status);
        AppendResult result = await(store.append(
                change(instance(7), status),
                false,
                event -> Stream.of(endpoints)
                        .map(endpoint -> new PlannedDelivery(endpoint, body))
                        .toList()));
        return ((AppendResult.Appended) result).event();
    }

    private List<Delivery> pending(String endpoint) {
        return await(store.pending(endpoint, instance(7).slot(), -1, 100));
    }

    private List<String> bodies(String endpoint) {
        return pending(endpoint).stream()
                .map(delivery -> new String(delivery.payload().body(), StandardCharsets.UTF_8))
                .toList();
    }

    private void delivered(String endpoint) {
        await(store.delivered(pending(endpoint).get(0), attempt(1, OK)));
    }

    /** The rows that events share, while the store is closed. */
    private int sharedRows() throws Exception {
        await(store.close());
        int rows = SharedRows.positions(directory, MAX_BYTES).size();
        open();
        return rows;
    }

    private void damage(byte[] key, byte... value) throws Exception {
        await(store.close());
        try (Database database = Database.open(directory, MAX_BYTES);
                WriteBatch batch = new WriteBatch()) {
            batch.singleDelete(database.handle(Family.EVENTS), key);
            if (value.length > 0) {
                batch.put(database.handle(Family.EVENTS), key, value);
            }
            database.write(batch, true);
        }
        open();
    }

    private byte[] keyOf(Delivery delivery) {
        return new DeliveryKey(1, instance(7).slot(), delivery.position()).eventKey();
    }

    @Test
    void it_is_kept_once_and_goes_with_the_last_delivery_however_that_ends() throws Exception {
        append("s1", "a", "b", "c");
        assertThat(sharedRows()).isEqualTo(1);
        delivered("a");
        await(store.retryAt(
                pending("c").get(0), attempt(1, BUSY), pending("c").get(0).notBefore()));
        await(store.dead(pending("b").get(0), attempt(1, BUSY), "gone"));
        assertThat(sharedRows()).isEqualTo(1);
        assertThat(bodies("c")).containsExactly("body of s1");

        delivered("c");
        assertThat(sharedRows()).isZero();
        DeadLetter letter = await(store.deadLetters(10)).get(0);
        assertThat(letter.delivery().payload().body()).asString().isEqualTo("body of s1");
    }

    @Test
    void it_goes_too_where_all_of_them_end_in_one_commit() throws Exception {
        append("s1", "a", "b", "c");
        List<Delivery> all = new ArrayList<>();
        Stream.of("a", "b", "c").map(this::pending).forEach(all::addAll);
        await(Future.all(all.stream()
                .map(delivery -> store.delivered(delivery, attempt(1, OK)))
                .toList()));
        assertThat(sharedRows()).isZero();
    }

    @Test
    void an_event_that_one_endpoint_alone_gets_lies_with_its_delivery() throws Exception {
        append("s1", "a");
        assertThat(sharedRows()).isZero();
        assertThat(bodies("a")).containsExactly("body of s1");
    }

    @Test
    void those_that_another_stands_for_let_go_of_theirs() throws Exception {
        append("s1", "a", "b");
        append("s2", "a", "b");
        delivered("b");
        delivered("b");
        List<Delivery> open = pending("a");
        Delivery standing = open.get(1).withCoalesced(open.get(1).coalesced().and(open.get(0)));
        await(store.coalesce(standing, open.subList(0, 1)));

        assertThat(sharedRows()).isEqualTo(1);
        assertThat(bodies("a")).containsExactly("body of s2");
    }

    @Test
    void a_replayed_letter_has_its_body_though_the_shared_row_is_gone() throws Exception {
        append("s1", "a", "b");
        delivered("b");
        await(store.dead(pending("a").get(0), attempt(1, BUSY), "gone"));
        assertThat(sharedRows()).isZero();
        await(store.records().replay(DeadLetterFilter.all(), any -> true));
        assertThat(bodies("a")).containsExactly("body of s1");
    }

    @Test
    void a_delivery_is_found_by_its_event_and_by_its_resource() {
        ResourceChangeEvent first = append("s1", "a", "b");
        append("s2", "a", "b");
        DeliveryFilter filter = new DeliveryFilter(
                Optional.of(first.id().value()),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());

        assertThat(await(store.records().deliveries(filter, 10)))
                .extracting(Delivery::endpoint)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(await(store.pendingOf("b", instance(7), -1, Long.MAX_VALUE, 10)))
                .extracting(delivery -> delivery.event().change().status())
                .containsExactly("s1", "s2");
    }

    @Test
    void what_is_not_counted_in_the_heap_is_looked_up() throws Exception {
        append("s1", "a", "b");
        append("s2", "a", "b", "c");
        assertThat(sharedRows()).isEqualTo(2); // This opens anew: nothing is counted.
        delivered("a");
        delivered("b");
        assertThat(sharedRows()).isEqualTo(1);
        assertThat(bodies("a")).containsExactly("body of s2");
        delivered("a");
        delivered("c");
        assertThat(sharedRows()).isEqualTo(1);
        assertThat(bodies("b")).containsExactly("body of s2");
        delivered("b");
        assertThat(sharedRows()).isZero();
    }

    @Test
    void a_shared_row_that_cannot_be_read_makes_a_dead_letter_for_each_and_the_others_go_on() throws Exception {
        append("s1", "a", "b");
        append("s2", "a", "b");
        damage(keyOf(pending("a").get(0)), (byte) 99, (byte) 1);

        assertThat(bodies("a")).containsExactly("body of s2");
        Awaitility.await().until(() -> store.stats().dead() == 1);
        assertThat(bodies("b")).containsExactly("body of s2");
        Awaitility.await().until(() -> store.stats().dead() == 2);
        assertThat(await(store.deadLetters(10)))
                .allSatisfy(letter ->
                        assertThat(letter.reason()).contains("has version 99").endsWith("its bytes are kept"));
        assertThat(sharedRows()).isEqualTo(1);
        assertThat(deliveryRowsOfLetters()).containsExactly(new byte[] {99, 1}, new byte[] {99, 1});
    }

    private List<byte[]> deliveryRowsOfLetters() throws Exception {
        await(store.close());
        List<byte[]> rows = new ArrayList<>();
        byte[] first = DeadKey.floor(0);
        try (Database database = Database.open(directory, MAX_BYTES);
                Scan scan = database.scan(Family.DEAD, first, DeadKey.floor(Long.MAX_VALUE))
                        .first(first)) {
            for (; scan.isValid(); scan.next()) {
                rows.add(DeadLetterCodec.deliveryRow(scan.value()));
            }
        }
        open();
        return rows;
    }

    @Test
    void as_many_events_as_are_counted_are_counted_and_the_oldest_are_forgotten_first() {
        OpenShares shares = new OpenShares(true);
        assertThat(shares.areNone()).isTrue();
        for (long position = 1; position <= OpenShares.EVENTS + 1; position++) {
            shares.kept(position, 3);
        }
        shares.ended(2, 1);
        assertThat(LongStream.of(1, 2, 3).map(shares::get)).containsExactly(0L, 2L, 3L);
        shares.ended(2, 2);
        assertThat(shares.get(2)).isZero();
        shares.clear();
        assertThat(shares.get(3)).isZero();
        assertThat(shares.areNone()).isFalse();
    }

    @Test
    void a_shared_row_that_is_missing_makes_a_dead_letter_for_each() throws Exception {
        append("s1", "a", "b");
        damage(keyOf(pending("a").get(0)));

        assertThat(pending("a")).isEmpty();
        assertThat(pending("b")).isEmpty();
        Awaitility.await().until(() -> store.stats().dead() == 2);
        assertThat(await(store.deadLetters(10)))
                .allSatisfy(letter -> assertThat(letter.reason()).contains("the row of its event is missing"));
    }

    @Test
    void one_that_ended_while_its_row_was_read_is_left_out_and_nobody_is_alarmed() throws Exception {
        await(store.close());
        OpenStore opened = OpenStore.open(directory, MAX_BYTES, "epoch", Duration.ofDays(1));
        try (Database ignored = opened.database()) {
            byte[] key = new DeliveryKey(1, 7, 99).toBytes();
            byte[] row = DeliveryCodec.encodeShared(event(instance(7), "running", 1), 0);
            List<Delivery> found = new ArrayList<>();
            List<String> alarms = new ArrayList<>();
            new OpenDeliveries(opened).read("a", key, row, found, (at, bytes, why) -> alarms.add(why));
            assertThat(found).isEmpty();
            assertThat(alarms).isEmpty();
        }
        open();
    }

    /** As version 1 did: everything in the row of each delivery. */
    private void writeAsBefore(ResourceChangeEvent event, Payload body, String... endpoints) throws Exception {
        OpenStore opened = OpenStore.open(directory, MAX_BYTES, "epoch", Duration.ofDays(1));
        try (Database database = opened.database();
                WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < endpoints.length; i++) {
                opened.meta().putEndpoint(batch, endpoints[i], i + 1);
                byte[] key = new DeliveryKey(i + 1, event.resource().slot(), 1).toBytes();
                batch.put(database.handle(Family.DELIVERIES), key, DeliveryCodec.encode(event, body));
            }
            opened.meta().putTotals(batch, Totals.NONE.withEvent(1, endpoints.length));
            batch.put(database.handle(Family.META), "schema".getBytes(StandardCharsets.UTF_8), Meta.schema(1));
            database.write(batch, true);
        }
    }

    @Test
    void what_version_1_wrote_is_delivered_and_marked_so_that_version_1_does_not_open_it_again() throws Exception {
        await(store.close());
        writeAsBefore(event(instance(7), "s0", 1), payload("body of s0"), "a", "b");
        open();
        append("s1", "a", "b");

        assertThat(bodies("a")).containsExactly("body of s0", "body of s1");
        assertThat(bodies("b")).containsExactly("body of s0", "body of s1");
        delivered("a");
        delivered("b");
        assertThat(sharedRows()).isEqualTo(1);
        assertThat(bodies("b")).containsExactly("body of s1");
        await(store.close());
        try (Database database = Database.open(directory, MAX_BYTES)) {
            assertThat(database.get(Family.META, "schema".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Meta.schema(2));
        }
        open();
    }
}
