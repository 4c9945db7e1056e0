package io.cloudland.callback;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket of the whole service. */
class ControlSocketTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final CallbackVerticle callback = new CallbackVerticle();
    private Receiver receiver;
    private Path store;
    private Path socket;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = Receiver.start(vertx, ReceiverOptions.onFreePort()).await(10, SECONDS);
        store = directory.resolve("store");
        socket = store.resolve("admin.sock");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    private CallbackOptions options() {
        return new CallbackOptions()
                .setUrl(receiver.url())
                .setRetryMax(0)
                .set("shutdown_timeout", 1)
                .setMemoryStore();
    }

    private CallbackOptions onDisk() {
        return options().set("store", new JsonObject().put("type", "rocksdb").put("path", store.toString()));
    }

    private String deploy(CallbackOptions options) throws Exception {
        return vertx.deployVerticle(callback, options.toDeploymentOptions()).await(30, SECONDS);
    }

    private JsonObject ask(HttpMethod method, String what, JsonObject body) throws Exception {
        return client.request(
                        method,
                        SocketAddress.domainSocketAddress(socket.toString()),
                        80,
                        "localhost",
                        "/api/v1/" + what)
                .sendJsonObject(body)
                .await(10, SECONDS)
                .bodyAsJsonObject();
    }

    private JsonObject get(String what) throws Exception {
        return ask(HttpMethod.GET, what, new JsonObject());
    }

    private String submit(int id) throws Exception {
        JsonObject command = new JsonObject()
                .put("command", "action_vm.sh '" + id + "' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
        return callback.service()
                .submit(command)
                .await(10, SECONDS)
                .getJsonArray("event_ids")
                .getString(0);
    }

    private void awaitDead(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("dead-letters").getJsonArray("dead_letters"))
                        .hasSize(count));
    }

    @Test
    void what_died_is_listed_shown_and_replayed_under_the_same_id() throws Exception {
        receiver.setFaults("status=503");
        deploy(onDisk());
        String first = submit(1);
        String second = submit(2);
        awaitDead(2);
        assertThat(get("stats").getInteger("dead")).isEqualTo(2);
        JsonObject whole =
                get("dead-letters/" + first).getJsonArray("dead_letters").getJsonObject(0);
        assertThat(new JsonObject(whole.getString("body")).getInteger("resource_id"))
                .isEqualTo(1);
        assertThat(whole.getJsonArray("attempted_at")).hasSize(1);
        assertThat(whole.getJsonObject("last_attempt").getInteger("http_status"))
                .isEqualTo(503);

        receiver.setFaults("");
        assertThat(ask(HttpMethod.POST, "replays", new JsonObject().put("event", first)))
                .isEqualTo(new JsonObject().put("replayed", 1));
        await().untilAsserted(() -> assertThat(receiver.hasTaken(first)).isTrue());
        assertThat(receiver.hasTaken(second)).isFalse();
        assertThat(ask(HttpMethod.POST, "replays", new JsonObject().put("all", true)))
                .isEqualTo(new JsonObject().put("replayed", 1));
        await().untilAsserted(() -> assertThat(receiver.hasTaken(second)).isTrue());
        awaitDead(0);
    }

    @Test
    void what_is_owed_and_what_was_tried_is_listed_by_resource() throws Exception {
        receiver.setFaults("status=503");
        deploy(onDisk().setRetryMax(100).setRetryInterval(Duration.ofHours(1)));
        String id = submit(1);
        submit(2);
        await().untilAsserted(() -> {
            JsonArray owed = get("deliveries?resource=instance/1&state=waiting_for_retry")
                    .getJsonArray("deliveries");
            assertThat(owed).hasSize(1);
            assertThat(owed.getJsonObject(0).getString("event_id")).isEqualTo(id);
        });
        assertThat(get("deliveries").getJsonArray("deliveries")).hasSize(2);
        await().untilAsserted(() -> {
            JsonArray tried = get("attempts?resource=instance/1&outcome=failed").getJsonArray("attempts");
            assertThat(tried).hasSize(1);
            assertThat(tried.getJsonObject(0).getInteger("http_status")).isEqualTo(503);
            assertThat(tried.getJsonObject(0).getString("became")).isEqualTo("waiting_for_retry");
        });
        assertThat(get("attempts?outcome=delivered").getJsonArray("attempts")).isEmpty();
    }

    @Test
    void purged_ones_are_gone() throws Exception {
        receiver.setFaults("status=503");
        deploy(onDisk());
        submit(1);
        awaitDead(1);
        assertThat(ask(HttpMethod.POST, "purges", new JsonObject().put("resource", "instance/1")))
                .isEqualTo(new JsonObject().put("purged", 1));
        awaitDead(0);
    }

    @Test
    void it_is_gone_after_a_stop_and_there_after_the_next_start() throws Exception {
        String deployment = deploy(onDisk());
        assertThat(socket).exists();
        vertx.undeploy(deployment).await(30, SECONDS);
        assertThat(socket).doesNotExist();
        vertx.deployVerticle(new CallbackVerticle(), onDisk().toDeploymentOptions())
                .await(30, SECONDS);
        assertThat(get("stats").getInteger("pending")).isZero();
    }

    @Test
    void the_memory_store_answers_too_where_a_socket_is_named() throws Exception {
        socket = directory.resolve("m.sock");
        receiver.setFaults("status=503");
        deploy(options().set("admin", new JsonObject().put("socket", socket.toString())));
        submit(1);
        awaitDead(1);
    }

    @Test
    void without_a_named_socket_the_memory_store_opens_none() throws Exception {
        deploy(options());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void off_opens_none() throws Exception {
        deploy(onDisk().set("admin", new JsonObject().put("socket", "off")));
        assertThat(store).isDirectoryNotContaining("glob:**.sock");
    }

    @Test
    void a_socket_that_cannot_be_opened_by_default_stops_nothing() throws Exception {
        Files.createDirectories(store);
        Files.writeString(socket, "something else");
        deploy(onDisk());
        String id = submit(1);
        await().untilAsserted(() -> assertThat(receiver.hasTaken(id)).isTrue());
        assertThat(socket).hasContent("something else");
    }

    @Test
    void a_named_socket_that_cannot_be_opened_stops_the_start() throws Exception {
        Path taken = Files.writeString(directory.resolve("taken"), "something else");
        CallbackOptions options = options().set("admin", new JsonObject().put("socket", taken.toString()));
        assertThatThrownBy(() -> deploy(options))
                .isInstanceOf(CallbackException.class)
                .hasMessageContainingAll("callback.admin.socket " + taken, "is no socket");
        vertx.deployVerticle(new CallbackVerticle(), options().toDeploymentOptions())
                .await(30, SECONDS);
    }
}
