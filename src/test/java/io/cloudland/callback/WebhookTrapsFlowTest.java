package io.cloudland.callback;

import static io.cloudland.callback.model.EndpointStatus.State.DISABLED;
import static io.cloudland.callback.model.EndpointStatus.State.PARKED;
import static io.cloudland.callback.model.EndpointStatus.State.PAUSED;
import static io.cloudland.callback.model.EndpointStatus.State.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happened to other systems, a test for each trap that lies in an endpoint's state. The others are in
 * {@link WebhookTrapsEndToEndTest}, in {@code http.WebhookTrapsTest} and in {@code delivery.WebhookTrapsMemoryTest}.
 */
class WebhookTrapsFlowTest {

    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int EVENTS = 40;

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final List<Long> attemptedAt = new CopyOnWriteArrayList<>();
    private CallbackVerticle callback = new CallbackVerticle();
    private Receiver receiver;

    @TempDir
    Path directory;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = Receiver.start(receiving, ReceiverOptions.onFreePort()).await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, TimeUnit.SECONDS);
        receiving.close().await(30, TimeUnit.SECONDS);
    }

    private CallbackOptions options(String url, boolean enabled) {
        return new CallbackOptions()
                .setStorePath(directory.resolve("store"))
                .setRetryMax(0)
                .set("shutdown_timeout", 1)
                .set("probe_interval", 1)
                .set("probe_interval_max", 1)
                .addEndpoint(
                        new JsonObject().put("name", "troubled").put("url", url).put("enabled", enabled));
    }

    private CallbackOptions options() {
        return options(receiver.url(), true);
    }

    private String deploy(CallbackOptions options) throws Exception {
        callback = new CallbackVerticle();
        return vertx.deployVerticle(callback, options.toDeploymentOptions()).await(30, TimeUnit.SECONDS);
    }

    private void send(int first, int count) throws Exception {
        for (int i = first; i < first + count; i++) {
            JsonObject snapshot = new JsonObject().put("resource_uuid", "uuid").put("metadata", new JsonObject());
            JsonObject command = new JsonObject()
                    .put("command", "action_vm '" + (1 + i % 10) + "' 'running'")
                    .put("resource", snapshot);
            callback.service().submit(command).await(30, TimeUnit.SECONDS);
        }
    }

    private EndpointStatus status() {
        return callback.service().endpoints().get(0);
    }

    private void awaitState(EndpointStatus.State state) {
        await().atMost(A_WHILE).untilAsserted(() -> assertThat(status().state()).isEqualTo(state));
    }

    private void nothingIsThrownAway() {
        assertThat(callback.service().stats().store().pending()).isEqualTo(EVENTS);
        assertThat(callback.service().stats().store().dead()).isZero();
        assertThat(receiver.report().unique()).isZero();
    }

    private void everythingArrivesInOrder() {
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(EVENTS));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().pending()).isZero());
    }

    @Test
    void events_of_a_paused_endpoint_are_not_thrown_away() throws Exception {
        deploy(options());
        callback.service().pauseEndpoint("troubled");
        send(0, EVENTS);
        awaitState(PAUSED);
        nothingIsThrownAway();

        callback.service().resumeEndpoint("troubled");
        everythingArrivesInOrder();
    }

    @Test
    void events_of_an_endpoint_that_is_disabled_are_not_thrown_away() throws Exception {
        String enabled = deploy(options());
        callback.service().pauseEndpoint("troubled");
        send(0, EVENTS);
        vertx.undeploy(enabled).await(30, TimeUnit.SECONDS);

        String disabled = deploy(options(receiver.url(), false));
        awaitState(DISABLED);
        nothingIsThrownAway();
        vertx.undeploy(disabled).await(30, TimeUnit.SECONDS);

        deploy(options());
        everythingArrivesInOrder();
    }

    @Test
    void events_of_a_parked_endpoint_are_not_thrown_away() throws Exception {
        receiver.setFaults("status=503");
        deploy(options().set("park_after_failures", 1).set("max_in_flight", 8));
        send(0, EVENTS);
        awaitState(PARKED);
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(status().probes()).isGreaterThanOrEqualTo(2));
        nothingIsThrownAway();

        receiver.setFaults("");
        everythingArrivesInOrder();
    }

    @Test
    void events_of_an_endpoint_that_says_that_it_is_gone_are_not_thrown_away() throws Exception {
        receiver.setFaults("status=410");
        deploy(options().set("retry_statuses", "standard"));
        send(0, EVENTS);
        awaitState(STOPPED);
        nothingIsThrownAway();

        receiver.setFaults("");
        callback.service().resumeEndpoint("troubled");
        everythingArrivesInOrder();
    }

    /** Answers the first request with that header, then takes everything; notes when each came. */
    private String asksOnceFor(String retryAfter) throws Exception {
        HttpServer server = receiving
                .createHttpServer()
                .requestHandler(request -> answer(request, retryAfter))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    private void answer(HttpServerRequest request, String retryAfter) {
        attemptedAt.add(System.nanoTime());
        if (attemptedAt.size() == 1) {
            request.response().setStatusCode(503).putHeader("Retry-After", retryAfter);
        }
        request.response().end();
    }

    @Test
    void a_retry_after_is_not_ignored_and_is_honoured_for_the_endpoint_and_not_for_one_event() throws Exception {
        deploy(options(asksOnceFor(Long.toString(PATIENCE.toSeconds())), true)
                .setRetryMax(3)
                .setRetryInterval(Duration.ofSeconds(1)));
        send(0, 1);
        await().until(() -> status().state() == PAUSED);
        send(1, 9); // Of nine other resources, none of which has failed.

        await().atMost(A_WHILE).until(() -> attemptedAt.size() == 11);
        assertThat(attemptedAt.get(1) - attemptedAt.get(0)).isGreaterThanOrEqualTo(PATIENCE.toNanos());
    }

    private static String dateIn(Duration patience) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(patience).atOffset(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7200", "date"})
    void a_retry_after_is_not_clamped_to_what_a_retry_would_wait(String retryAfter) throws Exception {
        Duration asked = Duration.ofHours(2);
        String header = retryAfter.equals("date") ? dateIn(asked) : retryAfter;
        deploy(options(asksOnceFor(header), true).setRetryMax(3));
        send(0, 1);
        await().until(() -> status().state() == PAUSED);

        Duration paused = Duration.between(
                status().since().orElseThrow(), status().until().orElseThrow());
        assertThat(paused).isBetween(asked.minusSeconds(5), asked);
    }
}
