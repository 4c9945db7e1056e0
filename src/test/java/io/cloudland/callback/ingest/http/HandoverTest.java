package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HandoverTest {

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger overflown = new AtomicInteger();
    private final VirtualTimers time = new VirtualTimers();
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Handover toHangingHome(Vertx vertx, Handover.Limit limit) {
        Context context = vertx.getOrCreateContext();
        context.runOnContext(here -> {
            try {
                goOn.await(20, SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return new Handover(
                new HomeContext(context),
                limit,
                time,
                time,
                body -> taken.add(body.map(bytes -> new String(bytes, UTF_8)).orElse("not copied")),
                overflown::incrementAndGet);
    }

    private static Optional<byte[]> body(String text) {
        return Optional.of(text.getBytes(UTF_8));
    }

    @Test
    void while_home_hangs_only_so_many_wait_and_there_is_room_again_once_they_are_taken(Vertx vertx) {
        Handover handover = toHangingHome(vertx, new Handover.Limit(3, 1000));
        handover.put(body("1"));
        handover.put(Optional.empty());
        handover.put(body("3"));
        handover.put(body("4"));
        handover.put(Optional.empty());
        assertThat(overflown).hasValue(2);
        time.advance(Handover.PAUSE);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(taken).containsExactly("1", "not copied", "3"));
        time.advance(Handover.PAUSE);
        handover.put(body("5"));
        await().untilAsserted(() -> assertThat(taken).contains("5"));
        assertThat(overflown).hasValue(2);
    }

    @Test
    void while_home_hangs_only_so_many_bytes_wait_and_there_is_room_again_once_they_are_taken(Vertx vertx) {
        Handover handover = toHangingHome(vertx, new Handover.Limit(100, 10));
        handover.put(body("12345"));
        handover.put(body("123456"));
        handover.put(body("54321"));
        assertThat(overflown).hasValue(1);
        time.advance(Handover.PAUSE);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(taken).containsExactly("12345", "54321"));
        time.advance(Handover.PAUSE);
        handover.put(body("1234567890"));
        await().untilAsserted(() -> assertThat(taken).contains("1234567890"));
        assertThat(overflown).hasValue(1);
    }

    @Test
    void the_first_goes_at_once_and_those_after_it_go_together_a_few_milliseconds_later(Vertx vertx) {
        Handover handover = toHangingHome(vertx, new Handover.Limit(100, 1000));
        goOn.countDown();
        handover.put(body("1"));
        await().untilAsserted(() -> assertThat(taken).containsExactly("1"));
        handover.put(body("2"));
        handover.put(body("3"));
        assertThat(time.scheduled()).isEqualTo(1);
        time.advance(Handover.PAUSE);
        await().untilAsserted(() -> assertThat(taken).containsExactly("1", "2", "3"));
        time.advance(Handover.PAUSE);
        handover.put(body("4"));
        await().untilAsserted(() -> assertThat(taken).hasSize(4));
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void a_flush_waits_for_no_pause(Vertx vertx) {
        Handover handover = toHangingHome(vertx, new Handover.Limit(100, 1000));
        goOn.countDown();
        handover.put(body("1"));
        handover.put(body("2"));
        handover.flush();
        await().untilAsserted(() -> assertThat(taken).containsExactly("1", "2"));
    }
}
