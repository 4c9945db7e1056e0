package io.cloudland.callback.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.observe.CommandListener;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.registry.IgnoreReason;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(VertxExtension.class)
class IngestVerticleTest {

    private static final String ADDRESS = "callback.commands";
    private static final JsonObject LAUNCH = new JsonObject().put("command", "launch_vm.sh '127' 'running' '3' 'init'");

    private final FakeIntake intake = new FakeIntake();
    private final RecordingListener listener = new RecordingListener();
    private final AtomicBoolean enabled = new AtomicBoolean(true);
    private Vertx vertx;
    private String deployment;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        this.vertx = vertx;
        intake.answer = command -> accepted("evt_1");
        deployment = vertx.deployVerticle(new IngestVerticle(admission(listener), ADDRESS))
                .await(5, SECONDS);
    }

    private CommandAdmission admission(CommandListener heard) {
        return new CommandAdmission(intake, enabled::get, new VirtualTimers(), heard);
    }

    private static Future<CommandResult> accepted(String id, CallbackException... problems) {
        return Future.succeededFuture(new CommandResult.Accepted(List.of(new EventId(id)), List.of(problems)));
    }

    private JsonObject request(Object body) throws Exception {
        return vertx.eventBus()
                .<JsonObject>request(ADDRESS, body)
                .map(Message::body)
                .await(5, SECONDS);
    }

    private ReplyException refusal(Object body) {
        ReplyException refusal = catchThrowableOfType(ReplyException.class, () -> request(body));
        assertThat(refusal.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        return refusal;
    }

    @Test
    void an_accepted_command_is_answered_with_its_event_ids_and_nothing_else() throws Exception {
        assertThat(request(LAUNCH))
                .isEqualTo(new JsonObject().put("status", "accepted").put("event_ids", JsonArray.of("evt_1")));
        assertThat(intake.submitted.get(0).args()).containsExactly("launch_vm.sh", "127", "running", "3", "init");
        assertThat(listener.heard).containsExactly("accepted 1");
    }

    @Test
    void a_command_kept_for_later_and_one_sent_before_are_told_as_such() throws Exception {
        List<EventId> two = List.of(new EventId("evt_1"), new EventId("evt_2"));
        intake.answer = command -> Future.succeededFuture(new CommandResult.Accepted(two, List.of(), true, 0));
        assertThat(request(LAUNCH))
                .isEqualTo(new JsonObject()
                        .put("status", "accepted")
                        .put("event_ids", JsonArray.of("evt_1", "evt_2"))
                        .put("kept", true));
        intake.answer = command -> Future.succeededFuture(new CommandResult.Accepted(two, List.of(), false, 1));
        assertThat(request(LAUNCH).getBoolean("duplicate")).isTrue();
        intake.answer = command -> Future.succeededFuture(new CommandResult.Accepted(two, List.of(), false, 2));
        assertThat(request(LAUNCH).getJsonArray("event_ids")).hasSize(2);
        assertThat(listener.heard).containsExactly("accepted 2", "accepted 1", "ignored duplicate");
    }

    @Test
    void a_command_whose_answer_cannot_be_sent_is_counted_once_and_disturbs_no_other() throws Exception {
        intake.answer = command ->
                Future.succeededFuture(new CommandResult.Accepted(Collections.singletonList(null), List.of()));
        Future<Message<Object>> unanswered = vertx.eventBus().request(ADDRESS, LAUNCH);
        await().untilAsserted(() -> assertThat(listener.heard).containsExactly("accepted 1"));
        intake.answer = command -> accepted("evt_2");
        request(LAUNCH);
        assertThat(listener.heard).containsExactly("accepted 1", "accepted 1");
        assertThat(unanswered.isComplete()).isFalse();
    }

    @Test
    void problems_stand_beside_the_event_ids() throws Exception {
        intake.answer = command -> accepted("evt_1", new CallbackException(ErrorCode.RESOURCE_UNKNOWN, "who"));
        assertThat(request(LAUNCH).getJsonArray("problems"))
                .isEqualTo(
                        JsonArray.of(new JsonObject().put("code", 1101).put("error", "CB-1101 RESOURCE_UNKNOWN: who")));
    }

    @Test
    void a_command_that_nobody_registered_is_ignored_by_its_name_alone() throws Exception {
        JsonObject report =
                new JsonObject().put("command", "report_rc.sh 'cpu=12/16'").put("timestamp", 7);
        assertThat(request(report))
                .isEqualTo(new JsonObject().put("status", "ignored").put("reason", "not registered"));
        assertThat(intake.submitted).isEmpty();
        assertThat(listener.heard).containsExactly("ignored not registered");
    }

    @Test
    void a_reply_that_a_sender_changes_stays_as_it_was_for_the_next() throws Exception {
        JsonObject report = new JsonObject().put("command", "report_rc.sh");
        request(report).put("status", "changed");
        assertThat(request(report).getString("status")).isEqualTo("ignored");
    }

    @Test
    void the_switch_takes_effect_while_running() throws Exception {
        enabled.set(false);
        assertThat(request(LAUNCH).getString("reason")).isEqualTo("disabled");
        enabled.set(true);
        assertThat(request(LAUNCH).getString("status")).isEqualTo("accepted");
    }

    @Test
    void a_command_that_failed_is_ignored() throws Exception {
        assertThat(request(LAUNCH.copy().put("error", "no room")).getString("reason"))
                .isEqualTo("failed");
        assertThat(intake.submitted).isEmpty();
    }

    @Test
    void an_unchanged_status_is_ignored() throws Exception {
        intake.answer = command -> Future.succeededFuture(new CommandResult.Ignored(IgnoreReason.UNCHANGED));
        assertThat(request(LAUNCH).getString("reason")).isEqualTo("unchanged");
    }

    @Test
    void a_refusal_has_the_code_and_ends_with_whether_to_try_again() {
        intake.answer = command -> Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"));
        ReplyException full = refusal(LAUNCH);
        assertThat(full.failureCode()).isEqualTo(1301);
        assertThat(full).hasMessage("CB-1301 QUEUE_FULL: too much waits. Send it again later.");

        ReplyException wrong = refusal(new JsonObject().put("command", 7));
        assertThat(wrong.failureCode()).isEqualTo(1001);
        assertThat(wrong).hasMessageEndingWith("got a number. Do not send it again unchanged.");
        assertThat(listener.heard).containsExactly("refused QUEUE_FULL", "refused INVALID_MESSAGE");
    }

    @Test
    void whether_to_try_again_is_said_once() {
        intake.answer = command ->
                Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "full; send it again later"));
        assertThat(refusal(LAUNCH)).hasMessage("CB-1301 QUEUE_FULL: full; send it again later.");
    }

    @Test
    void a_sender_s_mistake_does_not_disturb_the_next_message() throws Exception {
        for (Object wrong : new Object[] {
            "text", 7, new JsonArray(), new JsonObject(), LAUNCH.copy().put("args", 7)
        }) {
            refusal(wrong);
            assertThat(request(LAUNCH).getString("status")).isEqualTo("accepted");
        }
    }

    @Test
    void a_defect_is_answered_names_the_command_and_does_not_disturb_the_next_message() throws Exception {
        intake.answer = command -> {
            throw new AssertionError("a defect");
        };
        ReplyException thrown = refusal(LAUNCH);
        intake.answer = command -> Future.failedFuture(new NullPointerException("a defect"));
        ReplyException failed = refusal(LAUNCH);
        intake.answer = command -> null;
        ReplyException nothing = refusal(LAUNCH);
        intake.answer = command -> Future.succeededFuture();
        ReplyException empty = refusal(LAUNCH);

        assertThat(List.of(thrown, failed, empty)).allSatisfy(refusal -> {
            assertThat(refusal.failureCode()).isEqualTo(1901);
            assertThat(refusal).hasMessageContaining("launch_vm").hasMessageEndingWith("Send it again later.");
        });
        assertThat(nothing.failureCode()).isEqualTo(1901);
        intake.answer = command -> accepted("evt_2");
        assertThat(request(LAUNCH).getString("status")).isEqualTo("accepted");
    }

    @Test
    void without_reply_address_a_refusal_is_logged_once_per_code_and_counted() {
        Logger logger = (Logger) LoggerFactory.getLogger("ingest");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            for (int i = 0; i < 5; i++) {
                vertx.eventBus().send(ADDRESS, new JsonObject().put("command", 7));
            }
            await().until(() -> listener.heard.size() == 5);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list.stream().filter(event -> event.getLevel() == Level.WARN))
                .singleElement()
                .asString()
                .contains("its sender asked for no reply", "CB-1001");
    }

    @Test
    void a_message_without_reply_address_is_taken_in_like_any_other() {
        vertx.eventBus().send(ADDRESS, LAUNCH);
        vertx.eventBus().publish(ADDRESS, new JsonObject().put("command", "report_rc.sh"));
        await().until(() -> listener.heard.containsAll(List.of("accepted 1", "ignored not registered")));
    }

    @Test
    void a_listener_that_throws_takes_nobody_s_answer() throws Exception {
        CommandListener broken = new CommandListener() {
            @Override
            public void accepted(int events) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void refused(ErrorCode code) {
                throw new IllegalStateException("a defect");
            }
        };
        vertx.undeploy(deployment).await(5, SECONDS);
        vertx.deployVerticle(new IngestVerticle(admission(broken), ADDRESS)).await(5, SECONDS);
        assertThat(request(LAUNCH).getString("status")).isEqualTo("accepted");
        assertThat(refusal("text").failureCode()).isEqualTo(1001);
    }

    @Test
    void after_a_stop_nobody_listens_any_more() throws Exception {
        vertx.undeploy(deployment).await(5, SECONDS);
        ReplyException refusal = catchThrowableOfType(ReplyException.class, () -> request(LAUNCH));
        assertThat(refusal.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
    }
}
