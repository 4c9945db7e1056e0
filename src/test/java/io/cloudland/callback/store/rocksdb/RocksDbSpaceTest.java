package io.cloudland.callback.store.rocksdb;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that has no room refuses before anything breaks, and goes on by itself once there is room. */
class RocksDbSpaceTest {

    private static final long MIB = 1L << 20;
    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");

    @TempDir
    Path directory;

    private final VirtualTimers time = new VirtualTimers();
    private final AtomicLong free = new AtomicLong(1_000 * MIB);
    private final Random random = new Random(7);
    private RocksDbEventStore store;

    private void open(long maxBytes) {
        Space space = new Space(directory, maxBytes, 256 * MIB, free::get, time);
        store = new RocksDbEventStore(
                directory, new WriterSetting(Sync.OFF, Retention.ofDeadLetters(10), maxBytes), 1_000_000, space, time);
        await(store.open());
    }

    @AfterEach
    void close() {
        await(store.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private AppendResult append(int bodyBytes) {
        byte[] body = new byte[bodyBytes];
        random.nextBytes(body);
        return await(store.append(
                change(instance(1), "running"),
                false,
                event -> List.of(new PlannedDelivery("default", new Payload("application/json", body)))));
    }

    @Test
    void events_are_refused_before_the_disk_is_full_and_taken_again_once_there_is_room() {
        open(1_000 * MIB);
        append(10);
        free.set(100 * MIB);
        time.advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> append(10))
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_FULL))
                .hasMessageContaining("instance/1")
                .hasMessageContaining("100 MiB left");
        Delivery delivery = pending(10).get(0);
        await(store.delivered(delivery, attempt(1, OK)));
        assertThat(store.stats().delivered()).isEqualTo(1);

        free.set(300 * MIB);
        time.advance(Duration.ofSeconds(2));
        assertThat(((AppendResult.Appended) append(10)).event().sequence()).isEqualTo(2);
    }

    private void fillUp() {
        open(64 * MIB);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        append((int) MIB / 2);
                        time.advance(Duration.ofMillis(200));
                    }
                })
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_FULL))
                .hasMessageContaining("callback.store.max_bytes allows 64 MiB");
        assertThat(store.stats().pending()).isGreaterThan(50);
    }

    private void endAll() {
        for (List<Delivery> open = pending(10); !open.isEmpty(); open = pending(10)) {
            open.forEach(delivery -> await(store.delivered(delivery, attempt(1, OK))));
        }
    }

    private void awaitRoom() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            time.advance(Duration.ofSeconds(2));
            return await(store.append(change(instance(1), "running"), false, event -> List.of())
                    .map(true)
                    .otherwise(false));
        });
    }

    @Test
    void the_size_of_the_directory_is_bounded_and_what_ended_gives_its_room_back() {
        fillUp();
        endAll();
        awaitRoom();
    }

    @Test
    void a_store_found_too_big_gives_room_back_though_all_it_hears_is_refused() {
        fillUp();
        endAll();
        await(store.close());
        open(64 * MIB);
        awaitRoom();
    }

    private void deliver(int excerpt) {
        append(10);
        byte[] noise = new byte[excerpt / 2];
        random.nextBytes(noise);
        String text = HexFormat.of().formatHex(noise);
        await(store.delivered(pending(1).get(0), attempt(1, new AttemptOutcome.Answered(200, text))));
    }

    private List<LoggedAttempt> logged() {
        return await(store.records().attempts(AttemptFilter.all(), 1_000_000));
    }

    @Test
    void the_delivery_log_is_the_first_to_give_way_and_comes_back() {
        open(1_000 * MIB);
        for (int i = 0; i < 50; i++) {
            deliver(256);
        }
        assertThat(logged()).hasSize(50);

        free.set(300 * MIB); // Events are taken still.
        time.advance(Duration.ofSeconds(2));
        deliver(256);

        assertThat(logged()).isEmpty();
        assertThat(store.stats().logDropped()).isEqualTo(1);
        assertThat(store.stats().delivered()).isEqualTo(51);
        free.set(1_000 * MIB);
        time.advance(Duration.ofSeconds(2));
        deliver(256);
        assertThat(logged()).hasSize(1);
    }

    @Test
    void a_large_log_gives_way_by_halves() {
        open(1_000 * MIB);
        for (int i = 0; i < 8_000; i++) {
            deliver(256);
        }
        int before = logged().size();
        assertThat(before).isEqualTo(8_000);

        free.set(300 * MIB);
        time.advance(Duration.ofSeconds(2));
        append(10);

        assertThat(logged().size()).isBetween(before / 2 - 100, before / 2 + 100);
        assertThat(logged().get(0).sequence()).isEqualTo(before);
    }

    @Test
    void the_disk_gets_back_what_the_log_forgets() throws IOException {
        long maxLog = 2 * MIB;
        Space space = new Space(directory, 64 * MIB, 256 * MIB, free::get, time);
        Retention retention = new Retention(10, Duration.ZERO, Long.MAX_VALUE, Duration.ZERO, maxLog);
        store = new RocksDbEventStore(
                directory, new WriterSetting(Sync.OFF, retention, 64 * MIB), 1_000_000, space, time);
        await(store.open());

        for (int i = 0; i < 30_000; i++) { // About 10 MiB of log.
            deliver(256);
        }

        assertThat(logged()).hasSizeBetween(4_000, 8_000);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(tableBytes()).isLessThan(4 * maxLog));
    }

    private long tableBytes() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.sst")) {
            for (Path file : files) {
                bytes += Files.exists(file) ? Files.size(file) : 0;
            }
        }
        return bytes;
    }

    private List<Delivery> pending(int limit) {
        return await(store.pending("default", instance(1).slot(), -1, limit));
    }
}
