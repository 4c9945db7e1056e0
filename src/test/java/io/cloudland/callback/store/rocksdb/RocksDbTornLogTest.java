package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut leaves the log as long as it was when it was last forced onto the disk, or longer, with whatever behind it:
 * every event acknowledged by then is there, and what is torn is dropped.
 */
class RocksDbTornLogTest {

    private static final int EVENTS = 12;

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final List<Long> logSizes = new ArrayList<>();

    /** What is behind the part that was forced onto the disk. */
    private enum Rest {
        CUT,
        ZEROS,
        GARBAGE
    }

    private static RocksDbEventStore storeIn(Path path) {
        RocksDbEventStore store = new RocksDbEventStore(path, Sync.ALWAYS, 1L << 30, 1_000, 10, new VirtualTimers());
        await(store.open());
        return store;
    }

    private static ResourceChangeEvent append(RocksDbEventStore store, int number) {
        AppendResult result = await(store.append(
                change(instance(1), "status-" + number),
                false,
                event -> List.of(new PlannedDelivery("default", payload("body " + event.sequence())))));
        return ((AppendResult.Appended) result).event();
    }

    private Path original() {
        return directory.resolve("store");
    }

    private static Path logOf(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    /** The store as a machine leaves it whose power is cut {@code beyond} bytes after the event of that number was kept. */
    private Path cutAfter(int acknowledged, long beyond, Rest rest) throws IOException {
        Path copy = Files.createTempDirectory(directory, "cut-");
        try (Stream<Path> files = Files.list(original())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (FileChannel log = FileChannel.open(logOf(copy), StandardOpenOption.WRITE)) {
            long end = logSizes.get(acknowledged - 1) + beyond;
            byte[] behind = new byte[(int) Math.max(0, log.size() - end)];
            if (rest == Rest.GARBAGE) {
                random.nextBytes(behind);
            }
            log.truncate(end);
            if (rest != Rest.CUT) {
                log.write(ByteBuffer.wrap(behind), end);
            }
        }
        return copy;
    }

    private static void holdsExactly(int events, Path path) {
        RocksDbEventStore store = storeIn(path);
        try {
            List<Delivery> open = await(store.pending("default", instance(1).slot(), -1, 100));
            assertThat(open).extracting(delivery -> delivery.event().sequence()).hasSize(events);
            for (int number = 1; number <= events; number++) {
                Delivery delivery = open.get(number - 1);
                assertThat(delivery.event().sequence()).isEqualTo(number);
                assertThat(new String(delivery.payload().body(), StandardCharsets.UTF_8))
                        .isEqualTo("body " + number);
            }
            assertThat(store.stats().pending()).isEqualTo(events);
            ResourceChangeEvent next = append(store, 99);
            assertThat(next.sequence()).isEqualTo(events + 1);
            assertThat(next.previousStatus()).isEqualTo(Optional.of("status-" + events));
        } finally {
            await(store.close());
        }
    }

    @Test
    void what_was_acknowledged_is_there_and_what_is_torn_is_dropped_wherever_the_log_ends() throws Exception {
        RocksDbEventStore store = storeIn(original());
        for (int number = 1; number <= EVENTS; number++) {
            append(store, number);
            logSizes.add(Files.size(logOf(original())));
        }
        assertThat(logSizes).doesNotHaveDuplicates().isSorted();

        for (int round = 0; round < 30; round++) {
            int acknowledged = 1 + random.nextInt(EVENTS - 1);
            long next = logSizes.get(acknowledged) - logSizes.get(acknowledged - 1);
            long torn = round % 5 == 0 ? 0 : random.nextInt((int) next - 1);
            Rest rest = Rest.values()[round % Rest.values().length];
            holdsExactly(acknowledged, cutAfter(acknowledged, torn, rest));
        }
        await(store.close());
    }

    /** The test above can fail: this is how a lost event would show. */
    @Test
    void a_log_that_ends_before_what_was_acknowledged_has_lost_it() throws Exception {
        RocksDbEventStore store = storeIn(original());
        append(store, 1);
        logSizes.add(Files.size(logOf(original())));
        await(store.close());

        RocksDbEventStore damaged = storeIn(cutAfter(1, -1, Rest.CUT));
        assertThat(damaged.stats().pending()).isZero();
        await(damaged.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
