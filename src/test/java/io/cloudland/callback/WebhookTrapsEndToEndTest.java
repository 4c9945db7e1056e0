package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happened to other systems, a test for each trap that lies between a command and its delivery. Those that lie in one
 * request are in {@code http.WebhookTrapsTest}.
 */
class WebhookTrapsEndToEndTest {

    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Vertx receiving = Vertx.vertx();
    private final CallbackVerticle callback = new CallbackVerticle();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private Receiver receiver;

    @TempDir
    Path directory;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(
                receiving,
                ReceiverOptions.onFreePort().withPrinter(printed::add).withVerbose(true)));
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
                .setRetryInterval(Duration.ofSeconds(1))
                .set("shutdown_timeout", 1);
    }

    private CallbackOptions inMemory() {
        return options().setMemoryStore();
    }

    private String deploy(CallbackVerticle service, CallbackOptions options) throws Exception {
        return get(vertx.deployVerticle(service, options.toDeploymentOptions()));
    }

    private JsonObject send(JsonObject command) throws Exception {
        JsonObject snapshot = new JsonObject().put("resource_uuid", "uuid").put("metadata", new JsonObject());
        return get(vertx.eventBus()
                .<JsonObject>request("callback.commands", command.put("resource", snapshot))
                .map(Message::body));
    }

    /** Sends a command of that instance and tells the id of its event. */
    private String send(int instance) throws Exception {
        return send(new JsonObject().put("command", "action_vm '" + instance + "' 'running'"))
                .getJsonArray("event_ids")
                .getString(0);
    }

    private void awaitTaken(String id) {
        await().atMost(A_WHILE).until(() -> receiver.hasTaken(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void every_status_of_2xx_counts_as_delivered_not_200_alone(int status) throws Exception {
        receiver.setFaults("status=" + status);
        deploy(callback, inMemory());
        send(7);
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().delivered()).isEqualTo(1));
        assertThat(get(callback.service().attempts(AttemptFilter.all(), 10))).hasSize(1);
    }

    @Test
    void there_is_a_timeout_so_that_an_endpoint_that_never_answers_gets_its_retry() throws Exception {
        receiver.setFaults("hang@first:1");
        deploy(callback, inMemory().setTimeout(Duration.ofSeconds(1)));
        awaitTaken(send(7));
        assertThat(receiver.report().received()).isEqualTo(2);
    }

    @Test
    void the_id_of_an_event_is_the_same_after_a_restart_so_that_receivers_can_drop_duplicates() throws Exception {
        receiver.setFaults("status=500");
        CallbackOptions options = options().setStorePath(directory).setRetryMax(1000);
        String deployed = deploy(callback, options);
        String id = send(7);
        await().untilAsserted(() -> assertThat(receiver.report().rejected()).isPositive());
        get(vertx.undeploy(deployed));

        receiver.setFaults("");
        deploy(new CallbackVerticle(), options);
        awaitTaken(id);
        assertThat(printed).allSatisfy(text -> assertThat(text).contains(id));
    }

    @Test
    void what_was_accepted_had_been_written_down_when_a_crash_came() throws Exception {
        receiver.setFaults("hang");
        deploy(callback, options().setStorePath(directory.resolve("before")));
        String id = send(7);
        // What a process that is killed now would leave to its successor.
        Path left = copy(directory.resolve("before"), directory.resolve("after"));

        receiver.setFaults("");
        deploy(new CallbackVerticle(), options().setStorePath(left).setPrefix("successor"));
        awaitTaken(id);
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @Test
    void events_of_a_failing_endpoint_are_not_thrown_away() throws Exception {
        receiver.setFaults("status=500");
        deploy(callback, inMemory().setRetryMax(0));
        String id = send(7);
        await().untilAsserted(() ->
                assertThat(callback.service().stats().store().dead()).isEqualTo(1));

        receiver.setFaults("");
        assertThat(get(callback.service().replay(DeadLetterFilter.all()))).isEqualTo(1);
        awaitTaken(id);
    }

    @Test
    void one_failing_event_does_not_stop_those_of_other_resources() throws Exception {
        receiver.setFaults("status=500@first:1");
        deploy(callback, inMemory().setRetryInterval(Duration.ofSeconds(60)).setWorkers(1));
        String failing = send(1);
        await().untilAsserted(() -> assertThat(receiver.report().rejected()).isEqualTo(1));
        String behindIt = send(1);
        for (int instance = 2; instance <= 40; instance++) {
            awaitTaken(send(instance));
        }
        assertThat(receiver.hasTaken(failing)).isFalse();
        assertThat(receiver.hasTaken(behindIt)).as("out of its order").isFalse();
    }

    @Test
    void an_outage_is_a_line_in_the_log_and_not_a_line_for_every_failed_attempt() throws Exception {
        receiver.setFaults("status=500");
        try (LogOf log = LogOf.named("delivery")) {
            deploy(callback, inMemory().setRetryMax(1000));
            for (int instance = 1; instance <= 100; instance++) {
                send(instance);
            }
            await().atMost(A_WHILE)
                    .untilAsserted(
                            () -> assertThat(receiver.report().rejected()).isGreaterThan(200));
            assertThat(log.messages(Level.WARN)).singleElement().asString().startsWith("endpoint default fails: ");
            assertThat(log.messages(Level.INFO)).isEmpty();
        }
    }

    @Test
    void the_delivery_log_does_not_grow_without_bound() throws Exception {
        JsonObject bounded = new JsonObject().put("type", "memory").put("log_max_bytes", 20_000);
        deploy(callback, options().set("store", bounded));
        for (int instance = 1; instance <= 500; instance++) {
            send(instance);
        }
        awaitDelivered(
                500); // Resources do not wait for each other: what is sent last may else be delivered before others.
        String last = send(501);
        awaitDelivered(501);
        List<LoggedAttempt> kept = get(callback.service().attempts(AttemptFilter.all(), 1000));
        assertThat(kept).hasSizeBetween(2, 299);
        assertThat(kept.get(0).eventId()).as("the newest").isEqualTo(last);
    }

    private void awaitDelivered(long count) {
        await().atMost(A_WHILE)
                .untilAsserted(
                        () -> assertThat(callback.service().stats().store().delivered())
                                .isEqualTo(count));
    }

    @Test
    void a_full_queue_refuses_with_a_code_and_loses_nothing_that_it_accepted() throws Exception {
        receiver.setFaults("hang");
        deploy(callback, inMemory().setQueueSize(2).setTimeout(Duration.ofSeconds(1)));
        List<String> accepted = new ArrayList<>(List.of(send(1), send(2)));
        assertThatThrownBy(() -> send(3))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        refused -> assertThat(refused.failureCode()).isEqualTo(ErrorCode.QUEUE_FULL.number()));

        receiver.setFaults("");
        accepted.forEach(this::awaitTaken);
        accepted.add(send(3));
        awaitTaken(accepted.get(2));
        assertThat(receiver.report().unique()).isEqualTo(3);
    }

    @Test
    void the_time_of_an_event_is_when_it_happened_and_not_when_it_is_delivered() throws Exception {
        receiver.setFaults("status=500@first:1");
        deploy(callback, inMemory());
        JsonObject command =
                new JsonObject().put("command", "action_vm '7' 'running'").put("timestamp", "2025-03-04T05:06:07Z");
        awaitTaken(send(command).getJsonArray("event_ids").getString(0));
        await().untilAsserted(() -> assertThat(printed).hasSize(2));
        assertThat(printed).allSatisfy(text -> assertThat(text).contains("2025-03-04T05:06:07"));
    }
}
