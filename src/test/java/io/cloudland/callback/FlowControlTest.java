package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service while a receiver is away, is gone, or is paused. */
class FlowControlTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private Receiver flaky;
    private Receiver well;

    @BeforeEach
    void startReceivers() throws Exception {
        flaky = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
        well = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    private CallbackOptions options() {
        return new CallbackOptions()
                .set("shutdown_timeout", 1)
                .set("retry_max", 1)
                .set("retry_interval", 1)
                .set("park_after_failures", 5)
                .set("probe_interval", 1)
                .set("probe_interval_max", 1)
                .set(
                        "store",
                        new JsonObject()
                                .put("type", "rocksdb")
                                .put("path", directory.resolve("store").toString()))
                .addEndpoint(endpoint("flaky", flaky))
                .addEndpoint(endpoint("well", well));
    }

    private static JsonObject endpoint(String name, Receiver receiver) {
        return new JsonObject().put("name", name).put("url", receiver.url());
    }

    private String deploy(CallbackVerticle service) throws Exception {
        return vertx.deployVerticle(service, options().toDeploymentOptions()).await(30, SECONDS);
    }

    private static void submit(CallbackVerticle service, int events) throws Exception {
        List<Future<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            JsonObject command = new JsonObject()
                    .put("command", "action_vm.sh '" + (1 + i % 40) + "' 'running'")
                    .put("resource", new JsonObject().put("resource_uuid", "uuid-" + i % 40));
            replies.add(service.service().submit(command));
        }
        Future.all(replies).await(30, SECONDS);
    }

    private static EndpointStatus status(CallbackVerticle service, String name) {
        return service.service().endpoints().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitState(CallbackVerticle service, State state) {
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(status(service, "flaky").state()).isEqualTo(state));
    }

    private static void assertWhole(Receiver receiver, int events) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(events));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
    }

    @Test
    void a_receiver_that_is_away_loses_nothing_and_gets_everything_in_order_when_it_is_back() throws Exception {
        flaky.setFaults("status=503");
        deploy(callback);
        submit(callback, 400);
        awaitState(callback, State.PARKED);

        assertWhole(well, 400);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(status(callback, "flaky").probes()).isGreaterThanOrEqualTo(3));
        assertThat(status(callback, "well").state()).isEqualTo(State.ACTIVE);
        assertThat(callback.service().stats().store().dead()).isZero();

        flaky.setFaults("");
        assertWhole(flaky, 400);
        awaitState(callback, State.ACTIVE);
        assertThat(callback.service().stats().store().dead()).isZero();
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().pending()).isZero());
    }

    @Test
    void a_restart_while_it_is_parked_loses_nothing() throws Exception {
        flaky.setFaults("reset");
        String first = deploy(callback);
        submit(callback, 200);
        awaitState(callback, State.PARKED);
        vertx.undeploy(first).await(30, SECONDS);

        flaky.setFaults("");
        CallbackVerticle second = new CallbackVerticle();
        deploy(second);

        assertWhole(flaky, 200);
        assertThat(second.service().stats().store().dead()).isZero();
    }

    @Test
    void an_endpoint_is_paused_and_resumed_while_the_other_goes_on() throws Exception {
        deploy(callback);
        assertThat(callback.service().pauseEndpoint("flaky"))
                .get()
                .extracting("state")
                .isEqualTo(State.PAUSED);
        submit(callback, 100);
        assertWhole(well, 100);
        assertThat(flaky.report().received()).isZero();

        callback.service().resumeEndpoint("flaky");

        assertWhole(flaky, 100);
        assertThat(callback.service().pauseEndpoint("nobody")).isEmpty();
    }

    @Test
    void one_that_says_that_it_is_gone_is_stopped_until_its_configuration_changes() throws Exception {
        Path file = directory.resolve("config.toml");
        String text =
                "[callback]\nretry_statuses = 'standard'\nshutdown_timeout = 1\n[callback.store]\ntype = 'memory'\n"
                        + "[[callback.endpoints]]\nname = 'flaky'\nurl = '" + flaky.url() + "'\n";
        Files.writeString(file, text);
        flaky.setFaults("status=410");
        vertx.deployVerticle(
                        callback,
                        new DeploymentOptions().setConfig(new JsonObject().put("config-path", file.toString())))
                .await(30, SECONDS);
        submit(callback, 40);
        awaitState(callback, State.STOPPED);
        assertThat(callback.service().stats().store().dead()).isZero();

        flaky.setFaults("");
        Path fresh = Files.writeString(
                directory.resolve("fresh"), text + "secret = 'whsec_dGFrZS1pdC1mcm9tLWEtZmlsZS1pbnN0ZWFk'\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        assertWhole(flaky, 40);
    }

    @Test
    void a_disabled_endpoint_is_told_as_disabled_and_cannot_be_resumed() throws Exception {
        CallbackOptions options = options().addEndpoint(endpoint("off", well).put("enabled", false));
        vertx.deployVerticle(callback, options.toDeploymentOptions()).await(30, SECONDS);

        assertThat(status(callback, "off").state()).isEqualTo(State.DISABLED);
        assertThat(callback.service().resumeEndpoint("off")).isEmpty();
    }

    /** Answers with that header, by a clock of its own, then takes everything. */
    private HttpServer asksOnceFor(String retryAfter) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    if (requests.getAndIncrement() == 0) {
                        request.response()
                                .setStatusCode(503)
                                .putHeader("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
                                .putHeader("Retry-After", retryAfter);
                    }
                    request.response().end();
                })
                .listen(0, "127.0.0.1")
                .await(10, SECONDS);
    }

    @Test
    void a_receiver_asks_for_patience_in_seconds_or_by_a_date_of_its_own_clock() throws Exception {
        CallbackOptions options = new CallbackOptions().setMemoryStore().set("shutdown_timeout", 1);
        Map<String, String> asked = Map.of("seconds", "3600", "date", "Thu, 01 Jan 1970 01:00:00 GMT");
        for (String name : asked.keySet()) {
            String url = "http://127.0.0.1:" + asksOnceFor(asked.get(name)).actualPort() + "/";
            options.addEndpoint(new JsonObject().put("name", name).put("url", url));
        }
        vertx.deployVerticle(callback, options.toDeploymentOptions()).await(30, SECONDS);
        submit(callback, 1);

        for (String name : asked.keySet()) {
            await().untilAsserted(
                            () -> assertThat(status(callback, name).state()).isEqualTo(State.PAUSED));
            EndpointStatus paused = status(callback, name);
            assertThat(Duration.between(
                            paused.since().orElseThrow(), paused.until().orElseThrow()))
                    .isEqualTo(Duration.ofHours(1));
        }
    }
}
