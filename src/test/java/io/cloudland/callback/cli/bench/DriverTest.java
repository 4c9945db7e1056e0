package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DriverTest {

    private static final String FULL = "full";

    private final Queue<Promise<String>> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private Vertx vertx;

    @BeforeEach
    void take(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void no_more_than_the_bound_is_unanswered() throws Exception {
        Driver driver = driver(new Bounds(3, 100));
        ask(driver, closed(10));
        assertThat(unanswered).hasSize(3);
        answerOne();
        await().until(() -> unanswered.size() == 3 && ids.get() == 1);
        assertThat(progress(driver, 0).getBoolean("done")).isFalse();
    }

    @Test
    void no_more_than_the_bound_is_on_its_way_to_the_sink() throws Exception {
        Driver driver = driver(new Bounds(10, 2));
        ask(driver, closed(10));
        answerOne();
        answerOne();
        assertThat(progress(driver, 0).getLong("accepted")).isEqualTo(2);
        assertThat(unanswered).isEmpty();
        progress(driver, 1);
        assertThat(unanswered).hasSize(1);
    }

    @Test
    void it_is_done_when_as_many_as_asked_for_are_accepted() throws Exception {
        Driver driver = driver(new Bounds(10, 100));
        ask(driver, closed(2));
        answerOne();
        answerOne();
        JsonObject progress = progress(driver, 2);
        assertThat(progress.getBoolean("done")).isTrue();
        assertThat(progress.getLong("id_sum")).isEqualTo(Audit.hash("id-1") + Audit.hash("id-2"));
        assertThat(Samples.ofJson(ask(driver, new JsonObject().put("op", "sent")))
                        .size())
                .isEqualTo(2);
    }

    @Test
    void a_refused_command_is_made_up_for_after_a_pause() throws Exception {
        Driver driver = driver(new Bounds(1, 100));
        ask(driver, closed(1));
        unanswered.remove().fail(FULL);
        await().until(() -> unanswered.size() == 1);
        answerOne();
        JsonObject progress = progress(driver, 1);
        assertThat(progress.getLong("refused")).isEqualTo(1);
        assertThat(progress.getLong("accepted")).isEqualTo(1);
        assertThat(progress.getBoolean("done")).isTrue();
    }

    @Test
    void any_other_failure_ends_the_run_and_is_told() throws Exception {
        Driver driver = driver(new Bounds(1, 100));
        ask(driver, closed(5));
        unanswered.remove().fail("the sink answered HTTP 500");
        assertThat(progress(driver, 0).getString("error")).contains("HTTP 500");
        assertThat(unanswered).isEmpty();
    }

    @Test
    void a_stop_sends_nothing_new() throws Exception {
        Driver driver = driver(new Bounds(2, 100));
        ask(driver, closed(Long.MAX_VALUE / 2));
        ask(driver, new JsonObject().put("op", "stop"));
        answerOne();
        answerOne();
        assertThat(progress(driver, 2).getBoolean("done")).isTrue();
        assertThat(unanswered).isEmpty();
    }

    @Test
    void a_steady_stream_does_not_wait_for_answers() throws Exception {
        Driver driver = driver(new Bounds(1, 1));
        ask(driver, closed(5).put("op", "steady").put("per_second", 1000));
        await().until(() -> unanswered.size() == 5);
    }

    private Driver driver(Bounds bounds) {
        return new Driver(vertx, bounds, this::send, cause -> FULL.equals(cause.getMessage()));
    }

    private Future<String> send() {
        Promise<String> answer = Promise.promise();
        unanswered.add(answer);
        return answer.future();
    }

    private void answerOne() {
        unanswered.remove().complete("id-" + ids.incrementAndGet());
    }

    private static JsonObject closed(long count) {
        return new JsonObject()
                .put("op", "closed")
                .put("clock", BenchClock.MONOTONIC.name())
                .put("count", count);
    }

    private static JsonObject progress(Driver driver, long received) throws TimeoutException {
        return ask(driver, new JsonObject().put("op", "reached").put("received", received));
    }

    private static JsonObject ask(Driver driver, JsonObject ask) throws TimeoutException {
        return driver.ask(ask).await(5, TimeUnit.SECONDS);
    }
}
