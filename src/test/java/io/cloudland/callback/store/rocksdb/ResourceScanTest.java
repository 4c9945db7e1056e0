package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One resource among very many rows of its slot. */
class ResourceScanTest {

    private static final int OTHERS = 3 * ResourceScan.ROWS_PER_STEP;
    private static final long FAR = Long.MAX_VALUE;
    private static final ResourceRef WANTED = instance(1);

    @TempDir
    Path directory;

    private RocksDbEventStore store;

    @BeforeEach
    void open() throws Exception {
        store = new RocksDbEventStore(directory.resolve("s"), Sync.OFF, 1L << 30, 100_000, 5, TimeSource.system());
        get(store.open());
    }

    @AfterEach
    void close() throws Exception {
        get(store.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Future<?> append(ResourceRef resource) {
        return store.append(
                change(resource, "running"), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    private void fill() throws Exception {
        List<ResourceRef> others = LongStream.iterate(2, id -> id + 1)
                .mapToObj(Samples::instance)
                .filter(resource -> resource.slot() == WANTED.slot())
                .limit(8)
                .toList();
        List<Future<?>> all = new ArrayList<>();
        all.add(append(WANTED));
        for (int i = 0; i < OTHERS; i++) {
            all.add(append(others.get(i % others.size())));
        }
        all.add(append(WANTED));
        get(Future.all(all));
    }

    @Test
    void it_is_found_beyond_many_rows_of_others_and_beyond_many_graves() throws Exception {
        fill();
        List<Delivery> found = get(store.pendingOf("default", WANTED, -1, FAR, 10));
        assertThat(found).extracting(delivery -> delivery.event().sequence()).containsExactly(1L, 2L);
        Delivery second = found.get(1);
        assertThat(get(store.pendingOf("default", WANTED, 1, second.position() - 1, 10)))
                .isEmpty();

        long after = found.get(0).position();
        while (true) {
            List<Delivery> page = get(store.pending("default", WANTED.slot(), after, 1_000));
            for (Delivery delivery : page.subList(0, page.size() - 1)) {
                store.delivered(delivery, attempt(1, new AttemptOutcome.Answered(200, "")));
            }
            if (page.size() == 1) {
                break;
            }
            after = page.get(page.size() - 1).position() - 1;
        }

        assertThat(get(store.pendingOf("default", WANTED, found.get(0).position(), FAR, 10)))
                .extracting(Delivery::position)
                .containsExactly(second.position());
    }

    @Test
    void the_one_at_the_very_first_position_is_found_and_so_are_those_after_it() throws Exception {
        fill();
        append(WANTED);
        List<Delivery> all = get(store.pendingOf("default", WANTED, -1, FAR, 10));
        long first = all.get(0).position();

        assertThat(get(store.pendingOf("default", WANTED, first - 1, FAR, 1)))
                .extracting(Delivery::position)
                .containsExactly(first);
        assertThat(get(store.pendingOf("default", WANTED, first - 1, FAR, 10))).hasSize(3);
        assertThat(get(store.pendingOf("default", WANTED, first - 1, first, 10)))
                .hasSize(1);
        assertThat(get(store.pendingOf("default", WANTED, first - 1, first - 1, 10)))
                .isEmpty();
    }

    @Test
    void a_long_look_lets_other_reads_pass() throws Exception {
        fill();
        List<String> answered = new ArrayList<>();
        CountDownLatch bothAsked = new CountDownLatch(1);
        holdReader(bothAsked);

        Future<?> look = store.pendingOf("default", WANTED, 1, FAR, 10).onComplete(found -> answered.add("look"));
        Future<?> other =
                store.pending("default", instance(2).slot(), -1, 10).onComplete(found -> answered.add("other"));
        bothAsked.countDown();
        get(Future.all(look, other));

        assertThat(answered).containsExactly("other", "look");
    }

    @Test
    void the_mark_of_a_resource_is_no_other_ones() {
        byte[] row = DeliveryCodec.encode(Samples.event(instance(127), "running", 1), payload("{}"));

        assertThat(DeliveryCodec.isOf(row, DeliveryCodec.markOf(instance(127)))).isTrue();
        assertThat(DeliveryCodec.isOf(row, DeliveryCodec.markOf(instance(126)))).isFalse();
        assertThat(DeliveryCodec.isOf(row, DeliveryCodec.markOf(instance(1)))).isFalse();
        assertThat(DeliveryCodec.isOf(new byte[DeliveryCodec.MARKED_WITHIN], DeliveryCodec.markOf(instance(127))))
                .isFalse();
        assertThat(DeliveryCodec.isOf(new byte[] {99}, DeliveryCodec.markOf(instance(127))))
                .isFalse();
    }

    /** Whoever calls without a context hears on the reader's thread, and so can hold it. */
    private void holdReader(CountDownLatch until) throws Exception {
        Thread test = Thread.currentThread();
        CompletableFuture<Boolean> held;
        do { // An answer that was there before anybody listened is heard on this thread, which holds nobody.
            CompletableFuture<Boolean> asked = new CompletableFuture<>();
            store.pending("default", WANTED.slot(), -1, 1).onComplete(found -> {
                boolean reader = Thread.currentThread() != test;
                asked.complete(reader);
                if (reader) {
                    awaitUninterruptibly(until);
                }
            });
            held = asked;
        } while (!held.get(10, TimeUnit.SECONDS));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
