package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several endpoints in one service: each gets what it asked for, and none costs another anything. */
class EndpointsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private Receiver first;
    private Receiver second;
    private Receiver third;

    @BeforeEach
    void startReceivers() throws Exception {
        first = get(Receiver.start(receiving, ReceiverOptions.onFreePort()));
        second = get(Receiver.start(receiving, ReceiverOptions.onFreePort()));
        third = get(Receiver.start(
                receiving,
                ReceiverOptions.onFreePort().withPrinter(printed::add).withVerbose(true)));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static JsonObject endpoint(String name, Receiver receiver) {
        return new JsonObject().put("name", name).put("url", receiver.url());
    }

    private static JsonObject filter(String key, String... values) {
        return new JsonObject().put(key, new JsonArray(List.of(values)));
    }

    private void deploy(CallbackOptions options) throws Exception {
        get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    private JsonObject send(String commandLine) throws Exception {
        JsonObject snapshot = new JsonObject().put("resource_uuid", "uuid").put("metadata", new JsonObject());
        JsonObject command = new JsonObject().put("command", commandLine).put("resource", snapshot);
        return get(vertx.eventBus()
                .<JsonObject>request("callback.commands", command)
                .map(Message::body));
    }

    @Test
    void three_endpoints_one_filtered_one_failing_one_with_wishes_of_its_own_get_each_what_they_asked_for()
            throws Exception {
        second.setFaults("status=500");
        third.setFaults("hang@first:1");
        deploy(new CallbackOptions()
                .setMemoryStore()
                .set("shutdown_timeout", 1)
                .set("retry_interval", 1)
                .addEndpoint(endpoint("filtered", first)
                        .put("filter", filter("transition", "running -> shut_off", "* → error")))
                .addEndpoint(endpoint("failing", second).put("retry_schedule", new JsonArray().add(1)))
                .addEndpoint(endpoint("special", third)
                        .put("timeout", 1)
                        .put("api_key", "key-3")
                        .put("headers", new JsonObject().put("X-Team", "team three"))));

        List<String> ids = new ArrayList<>();
        for (String status : List.of("running", "shut_off", "running", "error", "error")) {
            ids.add(send("action_vm '7' '" + status + "'")
                    .getJsonArray("event_ids")
                    .getString(0));
        }

        await().untilAsserted(() -> assertThat(first.report().unique()).isEqualTo(2));
        assertThat(ids.stream().map(first::hasTaken)).containsExactly(false, true, false, true, false);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(third.report().unique()).isEqualTo(5));
        assertThat(third.report().received()).isEqualTo(6);
        assertThat(third.report().outOfOrder()).isZero();
        assertThat(printed).anySatisfy(text -> assertThat(text).contains("X-Team: team three", "X-PS-API-Key: key-3"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(callback.service().stats().store().dead()).isEqualTo(5));
        assertThat(get(callback.service().deadLetters(10)))
                .extracting(dead -> dead.delivery().endpoint(), DeadLetter::reason)
                .containsOnly(org.assertj.core.groups.Tuple.tuple("failing", "HTTP 500 at attempt 2, the last"));
        assertThat(first.report().received()).isEqualTo(2);
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().delivered()).isEqualTo(7));
        assertThat(callback.service().stats().store().pending()).isZero();
    }

    @Test
    void an_event_that_nobody_wants_moves_sequence_and_state_on_and_is_owed_to_nobody() throws Exception {
        deploy(new CallbackOptions()
                .setMemoryStore()
                .addEndpoint(endpoint("errors", first).put("filter", filter("status", "error"))));

        assertThat(send("action_vm '7' 'running'").getString("status")).isEqualTo("accepted");
        assertThat(send("inst_status '3' '7 running'").getString("reason")).isEqualTo("unchanged");
        assertThat(callback.service().stats().store().deliveries()).isZero();
        send("action_vm '7' 'error'");

        await().untilAsserted(() -> assertThat(first.report().unique()).isEqualTo(1));
        assertThat(first.report().missing()).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_not_retried_makes_a_dead_letter_at_once() throws Exception {
        second.setFaults("status=422");
        deploy(new CallbackOptions()
                .setMemoryStore()
                .set("dead_statuses", "422")
                .addEndpoint(endpoint("picky", second))
                .addEndpoint(endpoint("well", first)));

        send("action_vm '7' 'running'");

        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().dead()).isEqualTo(1));
        assertThat(get(callback.service().deadLetters(1)).get(0).reason())
                .isEqualTo("HTTP 422 at attempt 1, which is not retried");
        await().untilAsserted(() -> assertThat(first.report().unique()).isEqualTo(1));
    }

    @Test
    void a_disabled_endpoint_gets_nothing_and_keeps_what_is_pending(@TempDir Path directory) throws Exception {
        second.setFaults("status=500");
        CallbackOptions store = new CallbackOptions()
                .set("shutdown_timeout", 1)
                .set("retry_max", 1000)
                .set("retry_interval", 1)
                .set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()))
                .setUrl(first.url());
        run(store, endpoint("later", second), "action_vm '7' 'one'", 1);
        second.setFaults("");
        int before = (int) second.report().received();

        run(store, endpoint("later", second).put("enabled", false), "action_vm '7' 'two'", 1);
        assertThat(second.report().received()).isEqualTo(before);
        assertThat(first.report().unique()).isEqualTo(2);

        run(store, endpoint("later", second), "action_vm '7' 'three'", 0);
        assertThat(second.report().unique()).isEqualTo(2);
        assertThat(second.report().missing()).isEqualTo(1);
    }

    /** Deploys, sends, waits until so many deliveries are pending and undeploys. */
    private void run(CallbackOptions options, JsonObject endpoint, String command, long pending) throws Exception {
        CallbackVerticle service = new CallbackVerticle();
        CallbackOptions all = new CallbackOptions(options.toJson().getJsonObject("callback")).addEndpoint(endpoint);
        String id = get(vertx.deployVerticle(service, all.toDeploymentOptions()));
        long taken = first.report().unique();
        send(command);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(first.report().unique()).isEqualTo(taken + 1);
            assertThat(service.service().stats().store().pending()).isEqualTo(pending);
        });
        get(vertx.undeploy(id));
    }

    @Test
    void a_changed_filter_takes_effect_while_it_runs(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("config.toml");
        String text = "[callback.store]\ntype = 'memory'\n[[callback.endpoints]]\nname = 'one'\nurl = '" + first.url()
                + "'\n[callback.endpoints.filter]\n";
        Files.writeString(file, text + "status = ['error']\n");
        get(vertx.deployVerticle(
                callback,
                new io.vertx.core.DeploymentOptions().setConfig(new JsonObject().put("config-path", file.toString()))));
        send("action_vm '7' 'running'");
        Path fresh = Files.writeString(directory.resolve("fresh"), text + "status = ['!error']\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            send("action_vm '7' 'running'");
            assertThat(first.report().unique()).isPositive();
        });
    }
}
