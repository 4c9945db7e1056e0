package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with the durable store, while the host's lookup is away, through restarts. */
class KeptCommandsTest {

    private static final String ROWS = "cloud.rows";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private Receiver receiver;
    private CallbackVerticle callback;
    private String deployment;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(receiving, ReceiverOptions.onFreePort()));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private CallbackOptions options() {
        return new CallbackOptions()
                .setUrl(receiver.url())
                .setLookupAddress(ROWS)
                .set("shutdown_timeout", 1)
                .set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()));
    }

    private void start(CallbackOptions options) throws Exception {
        callback = new CallbackVerticle();
        deployment = get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    private void restart() throws Exception {
        get(vertx.undeploy(deployment));
        start(options());
    }

    private JsonObject send(String id, String line) throws Exception {
        return get(vertx.eventBus()
                .<JsonObject>request(
                        "callback.commands", new JsonObject().put("id", id).put("command", line))
                .map(Message::body));
    }

    private static List<String> idsIn(JsonObject reply) {
        return reply.getJsonArray("event_ids").stream().map(String::valueOf).toList();
    }

    /** The host answers from now on; of the resource 404 it knows nothing. */
    private MessageConsumer<JsonObject> lookupIsBack() {
        return vertx.eventBus().consumer(ROWS, question -> {
            long id = question.body().getLong("resource_id");
            question.reply(
                    id == 404
                            ? new JsonObject()
                            : new JsonObject()
                                    .put("resource_uuid", "uuid-" + id)
                                    .put("status", "row")
                                    .put("metadata", new JsonObject().put("hostname", "vm-" + id)));
        });
    }

    private void awaitTaken(int events) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(events));
        assertThat(receiver.report().duplicate()).isZero();
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    @Test
    void a_command_whose_lookup_is_away_is_acknowledged_at_once_and_becomes_its_event_when_the_lookup_is_back()
            throws Exception {
        start(options());

        JsonObject reply = send("op-1", "launch_vm.sh '127' 'running' '3' 'init'");

        assertThat(reply.getString("status")).isEqualTo("accepted");
        assertThat(reply.getBoolean("kept")).isTrue();
        assertThat(callback.service().stats().kept()).isEqualTo(1);
        assertThat(callback.service().stats().commandsAccepted()).isEqualTo(1);
        lookupIsBack();
        awaitTaken(1);
        assertThat(receiver.hasTaken(idsIn(reply).get(0))).isTrue();
        assertThat(callback.service().stats().kept()).isZero();
        assertThat(send("op-2", "action_vm.sh '127' 'paused'").containsKey("kept"))
                .isFalse();
        awaitTaken(2);
    }

    @Test
    void kept_commands_survive_a_restart_in_their_order_and_so_do_those_that_came_behind_them() throws Exception {
        start(options());
        List<String> promised = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            promised.addAll(idsIn(send("op-" + i, "action_vm.sh '" + (1 + i % 4) + "' 'status-" + i + "'")));
        }
        promised.addAll(idsIn(send("report", "inst_status.sh '3' '1 paused 2 paused 9 running'")));
        assertThat(callback.service().stats().kept()).isEqualTo(43);

        restart();
        assertThat(callback.service().stats().kept()).isEqualTo(43);
        JsonObject later = send("later", "clear_vm.sh '1'");
        assertThat(later.getBoolean("kept")).isTrue();
        promised.addAll(idsIn(later));
        restart();
        lookupIsBack();

        awaitTaken(44);
        assertThat(promised).hasSize(44).allMatch(receiver::hasTaken);
        assertThat(callback.service().stats().kept()).isZero();
        assertThat(callback.service().stats().keptRefused()).isZero();
    }

    @Test
    void a_command_that_is_sent_again_is_answered_as_before_while_it_is_kept_and_when_it_is_done() throws Exception {
        start(options());
        JsonObject first = send("op-1", "launch_vm.sh '127' 'running' '3' 'init'");
        JsonObject whileKept = send("op-1", "launch_vm.sh '127' 'running' '3' 'init'");
        restart();
        JsonObject afterRestart = send("op-1", "launch_vm.sh '127' 'running' '3' 'init'");
        lookupIsBack();
        awaitTaken(1);
        JsonObject afterwards = send("op-1", "launch_vm.sh '127' 'running' '3' 'init'");

        assertThat(List.of(whileKept, afterRestart, afterwards)).allSatisfy(reply -> {
            assertThat(idsIn(reply)).isEqualTo(idsIn(first));
            assertThat(reply.getBoolean("duplicate")).isTrue();
        });
        assertThat(send("op-2", "launch_vm.sh '127' 'running' '3' 'init'").containsKey("duplicate"))
                .isFalse();
        awaitTaken(2);
        assertThat(callback.service().stats().commandsIgnored()).isEqualTo(2);
        assertThat(callback.service().stats().commandsAccepted()).isEqualTo(1);
    }

    @Test
    void a_kept_command_of_a_resource_that_nobody_knows_is_counted_and_holds_back_no_other() throws Exception {
        start(options());
        send("op-1", "action_vm.sh '404' 'running'");
        send("op-2", "action_vm.sh '5' 'running'");
        assertThat(callback.service().stats().kept()).isEqualTo(2);

        lookupIsBack();

        awaitTaken(1);
        await().untilAsserted(
                        () -> assertThat(callback.service().stats().kept()).isZero());
        assertThat(callback.service().stats().keptRefused()).isEqualTo(1);
        restart();
        assertThat(callback.service().stats().kept()).isZero();
    }

    @Test
    void a_kept_report_of_what_turns_out_to_be_known_makes_no_event() throws Exception {
        MessageConsumer<JsonObject> rows = lookupIsBack();
        start(options());
        send("op-1", "action_vm.sh '5' 'running'");
        get(rows.unregister());
        send("op-2", "action_vm.sh '5' 'paused'");
        assertThat(send("op-3", "inst_status.sh '3' '5 paused'").getBoolean("kept"))
                .isTrue();

        lookupIsBack();

        awaitTaken(2);
        await().untilAsserted(
                        () -> assertThat(callback.service().stats().kept()).isZero());
        assertThat(callback.service().stats().store().events()).isEqualTo(2);
        assertThat(callback.service().stats().keptRefused()).isZero();
    }

    @Test
    void kept_commands_fill_the_queue_and_more_are_refused_with_a_code() throws Exception {
        start(options().setQueueSize(3));
        for (int id = 1; id <= 3; id++) {
            send("op-" + id, "action_vm.sh '" + id + "' 'running'");
        }

        assertThatThrownBy(() -> send("op-4", "action_vm.sh '4' 'running'"))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        refused -> assertThat(refused.failureCode()).isEqualTo(ErrorCode.QUEUE_FULL.number()));

        lookupIsBack();
        awaitTaken(3);
        await().untilAsserted(() -> assertThat(
                        send("op-4", "action_vm.sh '4' 'running'").getString("status"))
                .isEqualTo("accepted"));
    }

    @Test
    void a_queue_full_of_deliveries_refuses_what_cannot_be_kept_and_makes_no_event_of_it() throws Exception {
        MessageConsumer<JsonObject> rows = lookupIsBack();
        receiver.setFaults("status=503");
        start(options().setQueueSize(2).setRetryMax(100).setRetryInterval(Duration.ofSeconds(1)));
        send("op-1", "action_vm.sh '1' 'running'");
        send("op-2", "action_vm.sh '2' 'running'");
        get(rows.unregister());

        assertThatThrownBy(() -> send("op-3", "action_vm.sh '3' 'running'"))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        refused -> assertThat(refused.failureCode()).isEqualTo(ErrorCode.QUEUE_FULL.number()))
                .hasMessageContaining("lookup does not answer");

        receiver.setFaults("");
        awaitTaken(2);
        assertThat(send("op-3", "action_vm.sh '3' 'running'").getBoolean("kept"))
                .isTrue();
        lookupIsBack();
        awaitTaken(3);
    }

    @Test
    void with_the_memory_store_the_sender_waits_for_the_lookup() throws Exception {
        start(options().set("store", new JsonObject().put("type", "memory")));
        Future<JsonObject> waiting = callback.service()
                .submit(new JsonObject().put("id", "op-1").put("command", "launch_vm.sh '127' 'running'"));
        Future<JsonObject> again = callback.service()
                .submit(new JsonObject().put("id", "op-1").put("command", "launch_vm.sh '127' 'running'"));
        lookupIsBack();

        JsonObject first = get(waiting);
        JsonObject second = get(again);

        assertThat(first.containsKey("kept")).isFalse();
        assertThat(second)
                .isEqualTo(new JsonObject()
                        .put("status", "accepted")
                        .put("event_ids", new JsonArray(idsIn(first)))
                        .put("duplicate", true));
        awaitTaken(1);
    }
}
