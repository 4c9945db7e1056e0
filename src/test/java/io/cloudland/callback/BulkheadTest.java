package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.receiver.Report;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten endpoints, of which one hangs, one drips, one resets and one answers 500: the other six do not notice. */
class BulkheadTest {

    private static final List<String> FAULTS = List.of("hang", "drip=1b/20ms", "reset", "status=500");
    private static final int HEALTHY = 6;
    private static final int EVENTS = 600;
    private static final int RESOURCES = 30;
    private static final int MAX_IN_FLIGHT = 6;

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private final List<Receiver> healthy = new ArrayList<>();
    private final List<Receiver> bad = new ArrayList<>();

    @BeforeEach
    void deploy() throws Exception {
        CallbackOptions options = new CallbackOptions()
                .setMemoryStore()
                .setQueueSize(100_000)
                .setRetryMax(100_000)
                .setRetryInterval(Duration.ofSeconds(1))
                .set("shutdown_timeout", 1);
        for (int i = 0; i < HEALTHY; i++) {
            healthy.add(get(Receiver.start(receiving, ReceiverOptions.onFreePort())));
            options.addEndpoint(endpoint("healthy-" + i, healthy.get(i)));
        }
        for (String fault : FAULTS) {
            Receiver receiver =
                    get(Receiver.start(receiving, ReceiverOptions.onFreePort().withFaults(fault)));
            bad.add(receiver);
            // Theirs alone is short: a healthy one's attempt may take as long as a busy machine needs for it.
            options.addEndpoint(endpoint("bad-" + bad.size(), receiver)
                    .put("max_in_flight", MAX_IN_FLIGHT)
                    .put("timeout", 2));
        }
        get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    private static JsonObject endpoint(String name, Receiver receiver) {
        return new JsonObject().put("name", name).put("url", receiver.url());
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void sendAll() throws Exception {
        List<Future<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            JsonObject command = new JsonObject()
                    .put("command", "action_vm '" + (1 + i % RESOURCES) + "' 'state-" + i + "'")
                    .put(
                            "resource",
                            new JsonObject().put("resource_uuid", "uuid").put("metadata", new JsonObject()));
            replies.add(callback.service().submit(command));
        }
        get(Future.all(replies));
    }

    private static void hasAllInOrder(Receiver receiver) {
        Report report = receiver.report();
        assertThat(report.unique()).isEqualTo(EVENTS);
        assertThat(List.of(report.duplicate(), report.outOfOrder(), report.missing(), report.chainBreaks()))
                .containsOnly(0L);
    }

    @Test
    void the_healthy_get_everything_in_order_while_the_bad_stand_still_and_these_lose_nothing_either()
            throws Exception {
        sendAll();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(callback.service().stats().store().delivered())
                                .isEqualTo((long) HEALTHY * EVENTS));
        healthy.forEach(BulkheadTest::hasAllInOrder);
        assertThat(callback.service().stats().store().pending())
                .as("what is owed to the bad ones is kept")
                .isEqualTo((long) FAULTS.size() * EVENTS);
        assertThat(bad)
                .allSatisfy(receiver -> assertThat(receiver.report().unique()).isZero());

        bad.forEach(receiver -> receiver.setFaults(""));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(bad).allSatisfy(BulkheadTest::hasAllInOrder));
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().pending()).isZero());
        assertThat(callback.service().stats().store().dead()).isZero();
    }
}
