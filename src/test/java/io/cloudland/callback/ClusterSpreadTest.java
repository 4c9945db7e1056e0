package io.cloudland.callback;

import static io.cloudland.callback.TestCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services on three nodes of a cluster, and a fourth node that sends. */
class ClusterSpreadTest {

    private final TestCluster cluster = new TestCluster();
    private final Vertx receiving = Vertx.vertx();
    private final Map<Vertx, CallbackVerticle> services = new LinkedHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private Receiver receiver;
    private Vertx host;

    @BeforeEach
    void start() throws Exception {
        receiver = get(Receiver.start(receiving, ReceiverOptions.onFreePort()));
        host = cluster.node();
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        get(receiving.close());
    }

    private Vertx service(int workers) throws Exception {
        Vertx node = cluster.node();
        CallbackVerticle service = new CallbackVerticle();
        get(node.deployVerticle(
                service,
                new CallbackOptions()
                        .setUrl(receiver.url())
                        .setWorkers(workers)
                        .setMemoryStore()
                        .toDeploymentOptions()));
        services.put(node, service);
        return node;
    }

    private JsonObject command(long id) {
        return new JsonObject()
                .put("command", "action_vm '" + id + "' 'running'")
                .put("resource", new JsonObject().put("resource_uuid", "uuid-" + id));
    }

    private List<Long> accepted() {
        return services.values().stream()
                .map(service -> service.service().stats().commandsAccepted())
                .toList();
    }

    /** Sends so many commands, all of which must be accepted, and says how many each node took. */
    private List<Long> spreadOf(int commands) throws Exception {
        List<Long> before = accepted();
        CommandSender sender = new CommandSender(host);
        List<Future<JsonObject>> answers = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            answers.add(sender.send(command(lastId.incrementAndGet())));
        }
        get(Future.all(answers));
        List<Long> after = accepted();
        return IntStream.range(0, after.size())
                .mapToObj(node -> after.get(node) - before.get(node))
                .toList();
    }

    /** A sender learns of joins and leaves a moment later: until then commands go where they went before. */
    private void spreadsEvenly() {
        int each = 20;
        int nodes = services.size();
        await().untilAsserted(() -> assertThat(spreadOf(each * nodes)).containsOnly((long) each));
    }

    @Test
    void commands_spread_evenly_whatever_workers_is_and_still_do_when_one_leaves_and_one_joins() throws Exception {
        service(1);
        Vertx leaving = service(3);
        service(5);
        spreadsEvenly();

        services.remove(leaving);
        cluster.leave(leaving);
        spreadsEvenly();

        service(8);
        spreadsEvenly();
        await().untilAsserted(() -> assertThat(receiver.report().unique()).isGreaterThanOrEqualTo(160));
    }

    @Test
    void where_nobody_takes_commands_a_sender_is_told_at_once_to_try_again() {
        assertThat(refused(new CommandSender(host).send("action_vm '1' 'running'")))
                .isEqualTo(ErrorCode.NO_SERVICE);
    }

    @Test
    void a_refusal_of_another_node_comes_with_its_code_and_its_words() throws Exception {
        service(1);
        Future<JsonObject> wrong = new CommandSender(host).send("action_vm 'none' 'running'");
        assertThat(refused(wrong)).isEqualTo(ErrorCode.INVALID_RESOURCE_ID);
        assertThat(wrong.cause()).hasMessageStartingWith("CB-1004 INVALID_RESOURCE_ID: ");
        assertThat(wrong.cause().getMessage()).containsOnlyOnce("CB-1004");
    }

    @Test
    void an_answer_that_does_not_come_is_told_as_such_and_the_command_keeps_its_id_for_a_repeat() {
        host.eventBus().consumer("silent.commands", message -> {});
        CommandSender sender = new CommandSender(host, "silent.commands", Duration.ofMillis(50));
        JsonObject command = command(7);
        assertThat(refused(sender.send(command))).isEqualTo(ErrorCode.UNANSWERED);
        Object id = command.getValue("id");
        assertThat(id).isInstanceOf(String.class);
        sender.send(command);
        assertThat(command.getValue("id")).isEqualTo(id);
    }

    private static ErrorCode refused(Future<JsonObject> answer) {
        await().until(answer::isComplete);
        assertThat(answer.cause()).isInstanceOf(CallbackException.class);
        ErrorCode code = ((CallbackException) answer.cause()).code();
        assertThat(answer.cause().getMessage().contains("end it again later")
                        || !code.retryable()
                        || code == ErrorCode.UNANSWERED)
                .isTrue();
        return code;
    }

    @Test
    void nodes_whose_stores_are_their_own_warn_of_each_other_once() throws Exception {
        try (LogOf log = LogOf.named("cluster")) {
            service(1);
            service(1);
            service(1);
            await().untilAsserted(() -> assertThat(log.messages(Level.WARN))
                    .filteredOn(text -> text.contains("does not share a store"))
                    .hasSize(3));
        }
    }
}
