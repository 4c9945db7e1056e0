package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through any course of events, ends and restarts the store has what is owed, and of the rest nothing. */
class SharedEventModelTest {

    private static final long MAX_BYTES = 1L << 30;
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "busy");
    private static final List<String> ENDPOINTS = List.of("a", "b", "c", "d");
    private static final int STEPS = 600;

    @TempDir
    Path directory;

    private final Map<String, Map<String, Integer>> owed = new HashMap<>();
    private RocksDbEventStore store;
    private Random random;

    private void open() {
        store = new RocksDbEventStore(directory, Sync.OFF, MAX_BYTES, 100_000, 100_000, new VirtualTimers());
        await(store.open());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_is_owed_is_there_and_a_shared_row_only_as_long_as_somebody_is_owed_it(long seed) throws Exception {
        random = new Random(seed);
        open();
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(100);
            if (kind < 40) {
                append(step);
            } else if (kind < 99) {
                endSome();
            } else {
                check();
            }
        }
        check();
        while (owed.values().stream().anyMatch(bodies -> !bodies.isEmpty())) {
            endSome();
        }
        check();
        await(store.close());
    }

    /** To some endpoints, of which those in the middle of the alphabet get one body together. */
    private void append(int step) {
        List<String> to =
                ENDPOINTS.stream().filter(any -> random.nextInt(3) > 0).toList();
        Payload shared = payload("shared " + step);
        List<PlannedDelivery> planned = to.stream()
                .map(endpoint -> new PlannedDelivery(
                        endpoint, "bc".contains(endpoint) ? shared : payload("own of " + endpoint + " " + step)))
                .toList();
        AppendResult result = await(store.append(change(instance(7), "s" + step), false, event -> planned));
        assertThat(result).isInstanceOf(AppendResult.Appended.class);
        planned.forEach(plan ->
                owed.computeIfAbsent(plan.endpoint(), any -> new HashMap<>()).put(text(plan.payload()), to.size()));
    }

    /** Up to three of one endpoint and as many of another, at the same moment. */
    private void endSome() {
        List<Future<Void>> ends = new ArrayList<>();
        for (String endpoint : List.of(ENDPOINTS.get(random.nextInt(2)), ENDPOINTS.get(2 + random.nextInt(2)))) {
            for (Delivery delivery : await(store.pending(endpoint, instance(7).slot(), -1, 1 + random.nextInt(3)))) {
                ends.add(end(delivery));
                owed.get(endpoint).remove(text(delivery.payload()));
            }
        }
        await(Future.all(ends));
    }

    private Future<Void> end(Delivery delivery) {
        return random.nextInt(4) == 0
                ? store.dead(delivery, attempt(1, BUSY), "gone")
                : store.delivered(delivery, attempt(1, new AttemptOutcome.Answered(200, "")));
    }

    private static String text(Payload payload) {
        return new String(payload.body(), StandardCharsets.UTF_8);
    }

    private void check() throws Exception {
        TreeSet<Long> shared = new TreeSet<>();
        for (String endpoint : ENDPOINTS) {
            List<Delivery> pending = await(store.pending(endpoint, instance(7).slot(), -1, 10_000));
            Map<String, Integer> expected = owed.getOrDefault(endpoint, Map.of());
            assertThat(pending)
                    .extracting(delivery -> text(delivery.payload()))
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
            pending.stream()
                    .filter(delivery -> expected.get(text(delivery.payload())) > 1)
                    .forEach(delivery -> shared.add(delivery.position()));
        }
        await(store.close());
        assertThat(SharedRows.positions(directory, MAX_BYTES)).isEqualTo(shared);
        open();
    }
}
