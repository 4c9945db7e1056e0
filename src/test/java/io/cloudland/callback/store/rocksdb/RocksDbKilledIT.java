package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.RocksDBException;

/** A real process is killed with -9 while it writes, again and again; whatever it had acknowledged is there. */
class RocksDbKilledIT {

    private static final int ROUNDS = Integer.getInteger("callback.test.kill.rounds", 5);

    @TempDir
    Path directory;

    private final Random random = new Random(42);
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Map<Long, Long> newestOf = new HashMap<>();
    private final Set<String> ending = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    @ParameterizedTest
    @EnumSource(
            value = Sync.class,
            names = {"ALWAYS", "OFF"})
    void what_was_acknowledged_survives_kill_9(Sync sync) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            runAndKill(sync, round);
            check(sync);
        }
        System.out.println("kill -9, sync " + sync.wireName() + ": rounds=" + ROUNDS + " acknowledged="
                + acknowledged.size() + " ended=" + ended.size() + " lost=0 gaps=0");
    }

    @Test
    void a_store_in_use_by_another_process_is_refused_and_free_once_that_is_killed() throws Exception {
        Path output = directory.resolve("output");
        Process process = start(Sync.ALWAYS, 1, output);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.size(output) > 0);
            assertThatThrownBy(() -> check(Sync.ALWAYS))
                    .hasMessageContaining("is in use by another service")
                    .hasMessageContaining(store().toString());
        } finally {
            kill(process);
        }
        note(output);
        check(Sync.ALWAYS);
    }

    private Process start(Sync sync, int round, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + directory, // A killed process leaves the unpacked library behind.
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AppendingMain.class.getName(),
                        store().toString(),
                        sync.wireName(),
                        "r" + round)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private void runAndKill(Sync sync, int round) throws Exception {
        Path output = directory.resolve("round-" + round);
        Process process = start(sync, round, output);
        try {
            long enough = 2_000L + random.nextInt(600_000);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(() -> !process.isAlive())
                    .until(() -> Files.size(output) > enough);
        } finally {
            kill(process);
        }
        note(output);
    }

    private Path store() {
        return directory.resolve("store");
    }

    /** Only whole lines count: the last one may have been cut by the kill. */
    private void note(Path output) throws IOException {
        String text = Files.readString(output, StandardCharsets.UTF_8);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("A")) {
                acknowledged.put(words[1], Long.parseLong(words[3]));
                newestOf.merge(Long.parseLong(words[2]), Long.parseLong(words[3]), Math::max);
            } else if (words[0].equals("E")) {
                ending.add(words[1]);
            } else if (words[0].equals("D")) {
                ended.add(words[1]);
            }
        }
        assertThat(acknowledged)
                .as("output: " + text.substring(0, Math.min(500, text.length())))
                .isNotEmpty();
    }

    private void check(Sync sync) throws RocksDBException {
        Set<Long> shared = new HashSet<>();
        RocksDbEventStore store =
                new RocksDbEventStore(store(), sync, 1L << 33, 10_000_000, 1_000, TimeSource.system());
        await(store.open());
        try {
            Map<String, Delivery> open = new HashMap<>();
            for (long id = 1; id <= AppendingMain.RESOURCES; id++) {
                checkResource(store, id, open); // Those too whose first event was stored but not yet acknowledged.
            }
            Map<String, Delivery> ofOther = otherOpen(store);
            assertThat(store.stats().pending()).isEqualTo(open.size() + ofOther.size());
            Stream.concat(open.values().stream(), ofOther.values().stream())
                    .filter(delivery -> AppendingMain.isShared(delivery.event()))
                    .forEach(delivery -> shared.add(delivery.position()));
            assertThat(acknowledged.keySet().stream().filter(id -> !ending.contains(id) && !open.containsKey(id)))
                    .as("acknowledged and lost")
                    .isEmpty();
            assertThat(open.keySet().stream().filter(ended::contains))
                    .as("ended and back again")
                    .isEmpty();
        } finally {
            await(store.close());
        }
        assertThat(SharedRows.positions(store(), 1L << 33))
                .as("events that open deliveries share")
                .isEqualTo(shared);
    }

    /** What the other endpoint is owed, each with its own body. */
    private static Map<String, Delivery> otherOpen(RocksDbEventStore store) {
        Map<String, Delivery> open = new HashMap<>();
        for (long id = 1; id <= AppendingMain.RESOURCES; id++) {
            for (Delivery delivery : pending(store, "other", id)) {
                checkBody(delivery);
                open.put(delivery.event().id().value(), delivery);
            }
        }
        return open;
    }

    private static void checkBody(Delivery delivery) {
        ResourceChangeEvent event = delivery.event();
        assertThat(new String(delivery.payload().body(), StandardCharsets.UTF_8))
                .isEqualTo(event.id() + " " + event.sequence());
    }

    private void checkResource(RocksDbEventStore store, long id, Map<String, Delivery> open) {
        Optional<ResourceState> known = await(store.lastState(instance(id)));
        if (known.isEmpty()) {
            assertThat(newestOf).doesNotContainKey(id);
            return;
        }
        ResourceState state = known.get();
        assertThat(state.sequence()).isGreaterThanOrEqualTo(newestOf.getOrDefault(id, 0L));
        List<Delivery> ofResource = pending(store, "default", id);
        ResourceChangeEvent before = null;
        for (Delivery delivery : ofResource) {
            ResourceChangeEvent event = delivery.event();
            checkBody(delivery);
            if (before != null) {
                assertThat(event.sequence()).isEqualTo(before.sequence() + 1);
                assertThat(event.previousStatus()).contains(before.change().status());
            }
            before = event;
            open.put(event.id().value(), delivery);
        }
        if (before != null) {
            assertThat(state.sequence()).isEqualTo(before.sequence());
            assertThat(state.status()).isEqualTo(before.change().status());
        }
    }

    private static List<Delivery> pending(RocksDbEventStore store, String endpoint, long id) {
        List<Delivery> found = new ArrayList<>();
        List<Delivery> page;
        long after = -1;
        do {
            page = await(store.pending(endpoint, instance(id).slot(), after, 500));
            page.stream().filter(delivery -> delivery.resource().id() == id).forEach(found::add);
            after = page.isEmpty() ? after : page.get(page.size() - 1).position();
        } while (!page.isEmpty());
        return found;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
