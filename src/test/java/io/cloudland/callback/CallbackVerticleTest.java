package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.DeliveryFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From a command on the event bus to the callback at the receiver. */
class CallbackVerticleTest extends DeployedCallback {

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
}
