package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed with -9 while it keeps commands and makes their events: each is there once, as one or the other. */
class RocksDbInboxKilledIT {

    private static final int ROUNDS = Integer.getInteger("callback.test.kill.rounds", 3);

    @TempDir
    Path directory;

    private final Set<Long> kept = new HashSet<>();
    private final Set<Long> fulfilled = new HashSet<>();

    @Test
    void a_command_acknowledged_as_kept_is_kept_or_is_an_event_and_never_both() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            runAndKill(round);
            check();
        }
        System.out.println("kill -9, kept commands: rounds=" + ROUNDS + " kept=" + kept.size() + " fulfilled="
                + fulfilled.size() + " lost=0 twice=0");
    }

    private void runAndKill(int round) throws Exception {
        Path output = directory.resolve("round-" + round);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KeepingMain.class.getName(),
                        directory.resolve("store").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(() -> !process.isAlive())
                    .until(() -> Files.size(output) > 3_000L * round);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        note(output);
    }

    /** Only whole lines count: the last one may have been cut by the kill. */
    private void note(Path output) throws IOException {
        String text = Files.readString(output, StandardCharsets.UTF_8);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (line.startsWith("K ")) {
                kept.add(Long.parseLong(line.substring(2)));
            } else if (line.startsWith("F ")) {
                fulfilled.add(Long.parseLong(line.substring(2)));
            }
        }
        assertThat(kept).isNotEmpty();
        assertThat(fulfilled).isNotEmpty();
    }

    private void check() {
        RocksDbEventStore store = new RocksDbEventStore(
                directory.resolve("store"), Sync.ALWAYS, 1L << 33, 10_000_000, 1_000, TimeSource.system());
        await(store.open());
        try {
            Set<Long> waiting = waiting(store.inbox().orElseThrow());
            Set<Long> events = events(store);
            assertThat(store.inbox().orElseThrow().size()).isEqualTo(waiting.size());
            assertThat(kept).allMatch(arrival -> waiting.contains(arrival) != events.contains(arrival));
            assertThat(events).containsAll(fulfilled).doesNotContainAnyElementsOf(waiting);
        } finally {
            await(store.close());
        }
    }

    private static Set<Long> waiting(Inbox inbox) {
        Set<Long> found = new TreeSet<>();
        long after = 0;
        for (List<KeptCommand> page = await(inbox.after(0, 100)); !page.isEmpty(); ) {
            page.forEach(command -> found.add(command.arrival()));
            after = page.get(page.size() - 1).arrival();
            page = await(inbox.after(after, 100));
        }
        return found;
    }

    private static Set<Long> events(RocksDbEventStore store) {
        Set<Long> found = new TreeSet<>();
        for (long id = 1; id <= KeepingMain.RESOURCES; id++) {
            for (Delivery delivery : await(store.pending("default", instance(id).slot(), -1, 1_000_000))) {
                if (delivery.resource().id() == id) {
                    long arrival = Long.parseLong(delivery.event().id().value().substring("evt_".length()));
                    assertThat(found.add(arrival)).as("event twice: " + arrival).isTrue();
                }
            }
        }
        return found;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
