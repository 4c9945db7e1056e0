package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.cloudland.callback.registry.CommandDefinition;
import io.cloudland.callback.registry.Extraction;
import io.cloudland.callback.registry.Mention;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service in one Vert.x, from the event bus to a receiver that keeps account. */
class CallbackVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(receiving, ReceiverOptions.onFreePort().withPrinter(printed::add)));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private CallbackOptions options() {
        return new CallbackOptions().setUrl(receiver.url()).setRetryInterval(Duration.ofSeconds(1));
    }

    private void deploy(CallbackOptions options) throws Exception {
        get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    private JsonObject send(JsonObject command) throws Exception {
        return get(vertx.eventBus()
                .<JsonObject>request("callback.commands", command)
                .map(Message::body));
    }

    private static JsonObject line(String commandLine) {
        return new JsonObject().put("command", commandLine);
    }

    private static JsonObject withSnapshot(String commandLine) {
        return line(commandLine)
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", "7d9f2f1e-2f7b-4d7a-9d1d-8f3c2b1a0e27")
                                .put(
                                        "metadata",
                                        new JsonObject()
                                                .put("hostname", "test-vm-127")
                                                .put("cpu", 2)));
    }

    @Test
    void a_command_in_is_a_callback_out() throws Exception {
        deploy(options());

        JsonObject reply = send(withSnapshot("launch_vm.sh '127' 'running' '3' 'init'"));

        assertThat(reply.getString("status")).isEqualTo("accepted");
        String id = reply.getJsonArray("event_ids").getString(0);
        await().untilAsserted(() -> assertThat(receiver.hasTaken(id)).isTrue());
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().delivered()).isEqualTo(1));
    }

    @Test
    void the_status_chain_and_the_sequence_hold_over_many_commands_of_many_resources() throws Exception {
        deploy(options().setQueueSize(100_000));
        List<Future<?>> replies = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            replies.add(vertx.eventBus()
                    .request(
                            "callback.commands",
                            withSnapshot("action_vm.sh '" + (1 + i % 37) + "' 'status-" + i + "'")));
        }
        get(Future.all(replies));

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(2_000));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().missing()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
        assertThat(receiver.report().duplicate()).isZero();
    }

    @Test
    void a_failing_receiver_gets_the_event_again_with_the_same_id_until_it_takes_it() throws Exception {
        receiver.setFaults("status=503@first:2");
        deploy(options());

        String id = send(withSnapshot("launch_vm.sh '127' 'running' '3' 'init'"))
                .getJsonArray("event_ids")
                .getString(0);

        await().untilAsserted(() -> assertThat(receiver.hasTaken(id)).isTrue());
        assertThat(receiver.report().rejected()).isEqualTo(2);
        assertThat(receiver.report().received()).isEqualTo(3);
    }

    @Test
    void after_the_last_retry_the_event_is_a_dead_letter_with_its_reason() throws Exception {
        receiver.setFaults("status=500");
        deploy(options().setRetryMax(1));

        send(withSnapshot("launch_vm.sh '127' 'running' '3' 'init'"));

        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().dead()).isEqualTo(1));
        assertThat(get(callback.service().deadLetters(10))).singleElement().satisfies(dead -> {
            assertThat(dead.reason()).contains("HTTP 500");
            assertThat(dead.delivery().attemptsMade()).isEqualTo(2);
        });
    }

    @Test
    void a_dead_letter_is_replayed_under_the_same_id_and_every_attempt_is_in_the_log() throws Exception {
        receiver.setFaults("status=500");
        deploy(options().setRetryMax(0));
        String id = send(withSnapshot("launch_vm.sh '127' 'running' '3' 'init'"))
                .getJsonArray("event_ids")
                .getString(0);
        CallbackService service = callback.service();
        await().untilAsserted(() -> assertThat(service.stats().store().dead()).isEqualTo(1));
        receiver.setFaults("");

        assertThat(get(service.replay(DeadLetterFilter.ofEvent(id)))).isEqualTo(1);

        await().untilAsserted(() -> assertThat(receiver.hasTaken(id)).isTrue());
        await().untilAsserted(
                        () -> assertThat(service.stats().store().delivered()).isEqualTo(1));
        assertThat(get(service.attempts(AttemptFilter.all(), 10)))
                .extracting(logged -> logged.eventId() + " " + logged.became())
                .containsExactly(id + " DELIVERED", id + " DEAD");
        assertThat(get(service.deadLetters(10))).isEmpty();
        assertThat(get(service.deliveries(DeliveryFilter.all(), 10))).isEmpty();
        assertThat(get(service.purge(DeadLetterFilter.all()))).isZero();
        assertThat(service.stats().toJson().getLong("replayed")).isEqualTo(1);
    }

    @Test
    void a_last_known_state_answers_for_a_command_without_snapshot() throws Exception {
        deploy(options());
        send(withSnapshot("launch_vm.sh '127' 'running' '3' 'init'"));

        assertThat(send(line("clear_vm.sh '127'")).getString("status")).isEqualTo("accepted");

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(2));
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    @Test
    void an_unknown_resource_a_bad_id_and_nonsense_get_their_codes_and_disturb_nothing() throws Exception {
        deploy(options());

        assertRefused(line("action_vm.sh '999' 'running'"), ErrorCode.RESOURCE_UNKNOWN);
        assertRefused(line("action_vm.sh 'x' 'running'"), ErrorCode.INVALID_RESOURCE_ID);
        assertRefused(line("action_vm.sh"), ErrorCode.MISSING_RESOURCE_ID);
        assertRefused(new JsonObject().put("nonsense", true), ErrorCode.INVALID_MESSAGE);
        assertThat(send(withSnapshot("action_vm.sh '127' 'running'")).getString("status"))
                .isEqualTo("accepted");
        assertThat(callback.service().stats().commandsRefused()).isEqualTo(4);
    }

    private void assertRefused(JsonObject command, ErrorCode code) {
        assertThatThrownBy(() -> send(command))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        refused -> assertThat(refused.failureCode()).isEqualTo(code.number()));
    }

    @Test
    void it_can_be_switched_off_and_on_while_it_runs() throws Exception {
        deploy(options());
        callback.service().setEnabled(false);

        assertThat(send(withSnapshot("action_vm.sh '127' 'running'")))
                .isEqualTo(new JsonObject().put("status", "ignored").put("reason", "disabled"));

        callback.service().setEnabled(true);
        assertThat(send(withSnapshot("action_vm.sh '127' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void a_full_queue_refuses_with_a_code_and_loses_nothing() throws Exception {
        receiver.setFaults("hang");
        deploy(options().setQueueSize(5).setTimeout(Duration.ofSeconds(2)));
        for (int id = 1; id <= 5; id++) {
            send(withSnapshot("action_vm.sh '" + id + "' 'running'"));
        }

        assertRefused(withSnapshot("action_vm.sh '6' 'running'"), ErrorCode.QUEUE_FULL);

        receiver.setFaults("");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(5));
        assertThat(send(withSnapshot("action_vm.sh '6' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void an_answer_that_hangs_delays_no_other_resource() throws Exception {
        receiver.setFaults("hang@first:1");
        deploy(options().set("shutdown_timeout", 1));
        send(withSnapshot("action_vm.sh '1' 'running'"));
        await().untilAsserted(() -> assertThat(receiver.report().received()).isEqualTo(1));

        for (int id = 2; id <= 200; id++) {
            send(withSnapshot("action_vm.sh '" + id + "' 'running'"));
        }

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(199));
    }

    @Test
    void a_status_report_takes_a_carried_snapshot_for_its_own_resource_only() throws Exception {
        deploy(options());
        send(withSnapshot("action_vm.sh '5' 'running'"));
        send(withSnapshot("action_vm.sh '7' 'running'"));
        JsonObject report = line("inst_status.sh '3' '5 shut_off 7 paused'")
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_id", 5)
                                .put("resource_uuid", "uuid-5")
                                .put("status", "x"));

        assertThat(send(report).getJsonArray("event_ids")).hasSize(2);

        assertThat(send(line("inst_status.sh '3' '5 shut_off 7 paused'")).getString("reason"))
                .isEqualTo("unchanged");
    }

    @Test
    void a_volume_known_from_before_is_told_as_attached_and_detached_without_a_lookup() throws Exception {
        deploy(options());
        send(line("create_volume_local '9' 'v.disk' 'available' 'success'")
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", "v9")
                                .put(
                                        "metadata",
                                        new JsonObject().put("instance_id", 0).put("target", ""))));
        send(line("attach_volume_local.sh '5' '9' 'vdb'"));
        send(line("detach_volume.sh '5' '9'"));
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(3));

        assertThat(printed.get(1)).contains("available → attached", "instance_id=5", "target=vdb");
        assertThat(printed.get(2)).contains("attached → available", "instance_id=0");
    }

    @Test
    void a_late_status_report_does_not_bring_a_deleted_instance_back() throws Exception {
        vertx.eventBus()
                .consumer(
                        "rows",
                        question -> question.reply(new JsonObject()
                                .put("resource_uuid", "gone")
                                .put("status", "deleted")
                                .put("deleted", true)));
        deploy(options().setLookupAddress("rows"));
        send(line("clear_vm.sh '127'"));

        assertThat(send(line("inst_status.sh '3' '127 running'")).getString("reason"))
                .isEqualTo("unchanged");
        assertThat(send(line("inst_status.sh '3' '128 running'")).getString("reason"))
                .isEqualTo("unchanged");
    }

    @Test
    void two_services_on_one_address_are_told_although_their_prefixes_differ() throws Exception {
        deploy(options());
        CallbackOptions other =
                options().setPrefix("other").set("ingest", new JsonObject().put("address", "callback.commands"));

        assertThatThrownBy(() -> get(vertx.deployVerticle(new CallbackVerticle(), other.toDeploymentOptions())))
                .hasMessageContaining("address callback.commands is in use");
    }

    @Test
    void a_long_queue_of_one_resource_behind_a_slow_lookup_is_worked_off_in_order() throws Exception {
        Promise<JsonObject> answer = Promise.promise();
        vertx.eventBus().consumer("slow.lookup", question -> answer.future().onSuccess(question::reply));
        deploy(options().setQueueSize(100_000).setLookupAddress("slow.lookup"));
        List<Future<?>> replies = new ArrayList<>();
        replies.add(vertx.eventBus().request("callback.commands", line("action_vm.sh '1' 'status-0'")));
        for (int i = 1; i <= 20_000; i++) {
            replies.add(
                    vertx.eventBus().request("callback.commands", withSnapshot("action_vm.sh '1' 'status-" + i + "'")));
        }
        assertThat(replies.get(1).isComplete()).isFalse();

        answer.complete(new JsonObject().put("resource_uuid", "7d9f2f1e-2f7b-4d7a-9d1d-8f3c2b1a0e27"));

        get(Future.all(replies));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(20_001));
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    @Test
    void a_command_registered_in_the_configuration_makes_events() throws Exception {
        deploy(options()
                .set(
                        "commands",
                        new JsonObject()
                                .put(
                                        "your_new_command",
                                        new JsonObject()
                                                .put("resource_type", "floating_ip")
                                                .put("id_arg", 1)
                                                .put("status_arg", 2)
                                                .put("action", "created"))));

        assertThat(send(withSnapshot("your_new_command '9' 'active'")).getString("status"))
                .isEqualTo("accepted");
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(1));
    }

    @Test
    void a_host_registers_a_command_with_an_extractor_of_its_own() throws Exception {
        CommandDefinition definition = new CommandDefinition(
                "router_moved",
                ResourceType.ROUTER,
                Action.MIGRATED,
                command -> Extraction.of(Mention.of(
                        new ResourceRef(
                                ResourceType.ROUTER,
                                Long.parseLong(command.args().get(2))),
                        Optional.of("moved"))));
        get(vertx.deployVerticle(
                new CallbackVerticle(List.of(definition)), options().toDeploymentOptions()));

        assertThat(send(withSnapshot("router_moved 'from-3' '77'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void two_services_live_in_one_host_when_their_prefixes_differ() throws Exception {
        deploy(options().setPrefix("first"));
        CallbackVerticle second = new CallbackVerticle();
        get(vertx.deployVerticle(second, options().setPrefix("second").toDeploymentOptions()));

        get(callback.service().submit(withSnapshot("action_vm.sh '1' 'running'")));
        get(second.service().submit(withSnapshot("action_vm.sh '1' 'running'")));

        await().untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(2));
        assertThat(receiver.report().epochs()).isPositive();
    }

    @Test
    void a_second_service_with_the_same_prefix_is_told() throws Exception {
        deploy(options());

        assertThatThrownBy(() -> get(
                        vertx.deployVerticle(new CallbackVerticle(), options().toDeploymentOptions())))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("callback.prefix");
        assertThat(send(withSnapshot("action_vm.sh '1' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void a_prefix_is_free_again_after_the_undeploy() throws Exception {
        String id = get(vertx.deployVerticle(callback, options().toDeploymentOptions()));
        get(vertx.undeploy(id));

        get(vertx.deployVerticle(new CallbackVerticle(), options().toDeploymentOptions()));

        assertThat(send(withSnapshot("action_vm.sh '1' 'running'")).getString("status"))
                .isEqualTo("accepted");
    }

    @Test
    void several_instances_are_refused_with_the_reason() {
        DeploymentOptions three = options().toDeploymentOptions().setInstances(3);

        assertThatThrownBy(() -> get(vertx.deployVerticle(CallbackVerticle.class, three)))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("callback.workers");
    }

    @Test
    void a_wrong_configuration_fails_the_deployment_with_every_problem() {
        CallbackOptions wrong =
                new CallbackOptions().setUrl("ftp://x").setWorkers(0).set("retry_maxx", 1);

        assertThatThrownBy(() -> get(vertx.deployVerticle(callback, wrong.toDeploymentOptions())))
                .isInstanceOfSatisfying(
                        CallbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                .hasMessageContaining("callback.url")
                .hasMessageContaining("callback.workers")
                .hasMessageContaining("callback.retry_max");
    }

    @Test
    void an_undeploy_delivers_what_was_accepted() throws Exception {
        receiver.setFaults("delay=300ms");
        String id = get(vertx.deployVerticle(callback, options().toDeploymentOptions()));
        for (int i = 0; i < 100; i++) {
            send(withSnapshot("action_vm.sh '" + (1 + i % 50) + "' 'status-" + i + "'"));
        }

        get(vertx.undeploy(id));

        assertThat(receiver.report().unique()).isEqualTo(100);
        assertThat(callback.service().stats().store().pending()).isZero();
    }

    @Test
    void with_the_durable_store_what_was_pending_is_delivered_after_a_restart_with_the_same_ids(@TempDir Path directory)
            throws Exception {
        receiver.setFaults("status=503");
        CallbackOptions durable = options()
                .setRetryMax(100)
                .set("shutdown_timeout", 1)
                .set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()));
        String deployment = get(vertx.deployVerticle(callback, durable.toDeploymentOptions()));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(send(withSnapshot("action_vm.sh '" + (1 + i % 10) + "' 'status-" + i + "'"))
                    .getJsonArray("event_ids")
                    .getString(0));
        }
        get(vertx.undeploy(deployment));
        receiver.setFaults("");

        get(vertx.deployVerticle(new CallbackVerticle(), durable.toDeploymentOptions()));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.report().unique()).isEqualTo(50));
        assertThat(ids).allMatch(receiver::hasTaken);
        assertThat(receiver.report().outOfOrder()).isZero();
        assertThat(receiver.report().chainBreaks()).isZero();
    }

    @Test
    void the_service_is_not_there_before_the_start() {
        assertThatThrownBy(callback::service).isInstanceOf(IllegalStateException.class);
    }
}
