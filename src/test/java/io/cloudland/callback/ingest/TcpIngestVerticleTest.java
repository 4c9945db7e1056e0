package io.cloudland.callback.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The TCP bridge, spoken to as any language would: with a blocking socket and the bytes of the protocol. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class TcpIngestVerticleTest {

    private static final String ADDRESS = "callback.commands";
    private static final int MAX_FRAME = 4_096;
    private static final JsonObject LAUNCH = new JsonObject().put("command", "launch_vm '127' 'running' '3' 'init'");

    private final FakeIntake intake = new FakeIntake();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void deploy(Vertx vertx) throws Exception {
        this.vertx = vertx;
        intake.answer =
                command -> Future.succeededFuture(new CommandResult.Accepted(List.of(new EventId("evt_1")), List.of()));
        port = deployed(Duration.ofSeconds(60), 3);
    }

    private int deployed(Duration idle, int connections) throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = probe.getLocalPort();
        }
        CommandAdmission admission =
                new CommandAdmission(intake, () -> true, new VirtualTimers(), new RecordingListener());
        vertx.deployVerticle(new TcpIngestVerticle(
                        admission,
                        ADDRESS,
                        SocketPlace.port("127.0.0.1", free),
                        new TcpIngestVerticle.Limits(MAX_FRAME, idle, connections)))
                .await(20, TimeUnit.SECONDS);
        return free;
    }

    /** A client in the fewest lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(20_000);
            out = new DataOutputStream(socket.getOutputStream());
            in = new DataInputStream(socket.getInputStream());
        }

        void write(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        JsonObject read() throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        }

        JsonObject ask(JsonObject frame) throws IOException {
            write(frame.encode());
            return read();
        }

        boolean isClosedByTheOther() throws IOException {
            return in.read() == -1;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static JsonObject send(String address, String replyAddress) {
        return new JsonObject()
                .put("type", "send")
                .put("address", address)
                .put("replyAddress", replyAddress)
                .put("body", LAUNCH);
    }

    @Test
    void a_command_is_answered_at_its_reply_address() throws Exception {
        try (Client client = new Client(port)) {
            JsonObject reply = client.ask(send(ADDRESS, "r1"));
            assertThat(reply.getString("type")).isEqualTo("message");
            assertThat(reply.getString("address")).isEqualTo("r1");
            assertThat(reply.getJsonObject("body").getString("status")).isEqualTo("accepted");
        }
        assertThat(intake.submitted).hasSize(1);
    }

    @Test
    void a_refusal_carries_its_code_and_whether_to_send_again() throws Exception {
        intake.answer = command -> Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"));
        try (Client client = new Client(port)) {
            JsonObject error = client.ask(send(ADDRESS, "r1"));
            assertThat(error.getString("type")).isEqualTo("err");
            assertThat(error.getString("address")).isEqualTo("r1");
            assertThat(error.getString("sourceAddress")).isEqualTo(ADDRESS);
            assertThat(error.getInteger("failureCode")).isEqualTo(1301);
            assertThat(error.getString("failureType")).isEqualTo("RECIPIENT_FAILURE");
            assertThat(error.getString("message")).endsWith("Send it again later.");
        }
    }

    @Test
    void a_command_without_reply_address_is_taken_and_not_answered() throws Exception {
        try (Client client = new Client(port)) {
            JsonObject silent = send(ADDRESS, "r1");
            silent.remove("replyAddress");
            client.write(silent.encode());
            assertThat(client.ask(new JsonObject().put("type", "ping")))
                    .isEqualTo(new JsonObject().put("type", "pong"));
        }
        assertThat(intake.submitted).hasSize(1);
    }

    @Test
    void nothing_but_commands_is_permitted_and_whoever_asks_is_told_and_heard_on() throws Exception {
        Queue<Object> leaked = new ConcurrentLinkedQueue<>();
        vertx.eventBus().consumer("callback.lookup", message -> leaked.add(message.body()));
        try (Client client = new Client(port)) {
            JsonObject elsewhere = client.ask(send("callback.lookup", "r2"));
            assertThat(elsewhere.getString("message")).isEqualTo("access_denied");
            assertThat(elsewhere.getString("address")).isEqualTo("r2");
            for (String type : List.of("publish", "register", "unregister")) {
                JsonObject frame = send(ADDRESS, "r3").put("type", type);
                assertThat(client.ask(frame).getString("message")).as(type).isEqualTo("access_denied");
            }
            assertThat(client.ask(send(ADDRESS, "r4").put("type", "rec")).getString("message"))
                    .isEqualTo("unknown_type");
            JsonObject nowhere = send(ADDRESS, "r5");
            nowhere.remove("address");
            assertThat(client.ask(nowhere).getString("message")).isEqualTo("missing_address");
            assertThat(client.ask(send(ADDRESS, "r6")).getString("type")).isEqualTo("message");
        }
        assertThat(intake.submitted).hasSize(1);
        assertThat(leaked).isEmpty();
    }

    @Test
    void what_is_no_json_is_told_and_does_not_disturb_the_next() throws Exception {
        try (Client client = new Client(port)) {
            for (String wrong : List.of("{", "[]", "", "\"x\"", "null")) {
                client.write(wrong);
                assertThat(client.read().getString("message")).as(wrong).isEqualTo("invalid_json");
            }
            assertThat(client.ask(send(ADDRESS, "r1")).getString("type")).isEqualTo("message");
        }
    }

    @Test
    void a_frame_that_is_too_long_is_refused_at_its_length_and_the_connection_ends() throws Exception {
        for (int length : new int[] {MAX_FRAME + 1, Integer.MAX_VALUE, -1}) {
            try (Client client = new Client(port)) {
                client.out.writeInt(length);
                assertThat(client.read().getString("message")).startsWith("frame_too_long");
                assertThat(client.isClosedByTheOther()).isTrue();
            }
        }
        assertThat(intake.submitted).isEmpty();
    }

    @Test
    void a_client_that_is_too_fast_is_read_no_further_until_its_commands_are_answered() throws Exception {
        Queue<Promise<CommandResult>> open = new ConcurrentLinkedQueue<>();
        intake.answer = command -> {
            Promise<CommandResult> answer = Promise.promise();
            open.add(answer);
            return answer.future();
        };
        int commands = BridgeConnection.MOST_UNANSWERED * 3;
        try (Client client = new Client(port)) {
            for (int i = 0; i < commands; i++) {
                client.write(send(ADDRESS, "r" + i).encode());
            }
            await().until(() -> open.size() == BridgeConnection.MOST_UNANSWERED);
            List<String> answers = new ArrayList<>();
            while (answers.size() < commands) {
                // Looks at once: after the usual pause of 100 ms each, so many waits would take 20 s.
                await().pollDelay(Duration.ZERO).until(() -> !open.isEmpty());
                assertThat(open).hasSizeLessThanOrEqualTo(BridgeConnection.MOST_UNANSWERED);
                open.remove().complete(new CommandResult.Accepted(List.of(new EventId("evt_1")), List.of()));
                answers.add(client.read().getString("address"));
            }
            assertThat(answers).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_connection_that_is_silent_for_too_long_is_closed() throws Exception {
        try (Client client = new Client(deployed(Duration.ofMillis(200), 3))) {
            assertThat(client.isClosedByTheOther()).isTrue();
        }
    }

    @Test
    void more_connections_than_allowed_are_closed_and_there_is_room_again_when_one_ends() throws Exception {
        int own = deployed(Duration.ofSeconds(60), 1);
        JsonObject ping = new JsonObject().put("type", "ping");
        try (Client first = new Client(own)) {
            first.ask(ping);
            try (Client second = new Client(own)) {
                assertThat(second.isClosedByTheOther()).isTrue();
            }
        }
        await().ignoreExceptions().until(() -> {
            try (Client third = new Client(own)) {
                return third.ask(ping).getString("type").equals("pong");
            }
        });
    }

    @Test
    void a_stop_closes_the_bridge() throws Exception {
        try (Client client = new Client(port)) {
            client.ask(new JsonObject().put("type", "ping"));
            for (String deployment : vertx.deploymentIDs()) {
                vertx.undeploy(deployment).await(20, TimeUnit.SECONDS);
            }
            assertThat(client.isClosedByTheOther()).isTrue();
        }
    }
}
