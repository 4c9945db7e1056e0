package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.http.ServerTls;
import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.FakeIntake;
import io.cloudland.callback.ingest.RecordingListener;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions.KeyFile;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.registry.IgnoreReason;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP tap. */
@ExtendWith(VertxExtension.class)
class HttpTapTest {

    private static final String LAUNCH = "launch_vm.sh '127' 'running' '3' 'init'";
    private static final String JSON = "application/json";
    private static final int MAX_BODY_BYTES = 4096;

    @TempDir
    Path directory;

    private final FakeIntake intake = new FakeIntake();
    private final RecordingListener listener = new RecordingListener();
    private final TokenCheck tokens = new TokenCheck(List.of());
    private Vertx vertx;
    private WebClient client;
    private HttpIngestVerticle tap;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        intake.answer = command -> Future.succeededFuture(new CommandResult.Accepted(
                List.of(new EventId("evt_" + command.arg(1).orElse("?"))), List.of()));
        client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
        tap = deploy(options -> {}, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private HttpIngestVerticle deploy(Consumer<NetServerOptions> tls, Duration request, Duration idle)
            throws Exception {
        HttpIngestVerticle verticle = new HttpIngestVerticle(
                new HttpIngestVerticle.Listen("127.0.0.1", 0, tls),
                Optional.empty(),
                new TapSettings(MAX_BODY_BYTES, 3, request, idle),
                tokens,
                new CommandAdmission(intake, () -> true, TimeSource.system(), listener),
                new HttpIngestCounts(),
                TimeSource.system(),
                new VertxTimers(vertx));
        vertx.deployVerticle((Deployable) verticle).await(20, SECONDS);
        return verticle;
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, tap.port(), "127.0.0.1", path);
    }

    private HttpResponse<Buffer> post(String path, String type, String body) throws Exception {
        return request(HttpMethod.POST, path)
                .putHeader("Content-Type", type)
                .sendBuffer(Buffer.buffer(body))
                .await(20, SECONDS);
    }

    private HttpResponse<Buffer> commands(String body) throws Exception {
        return post("/api/v1/commands", JSON, body);
    }

    private static String command(Object id) {
        return new JsonObject()
                .put("id", String.valueOf(id))
                .put("command", "launch_vm '" + id + "' 'running'")
                .encode();
    }

    @Test
    void the_platform_s_own_request_is_taken_in_whatever_the_case_of_its_names() throws Exception {
        for (String body : List.of(
                "{\"id\": 3, \"extra\": 0, \"control\": \"\", \"command\": \"" + LAUNCH + "\"}",
                "{\"Id\": 3, \"Extra\": 0, \"Control\": \"\", \"Command\": \"" + LAUNCH + "\"}")) {
            HttpResponse<Buffer> answer = post("/internal/execute", "application/json; charset=utf-8", body);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.bodyAsJsonObject())
                    .isEqualTo(new JsonObject().put("status", "accepted").put("event_ids", JsonArray.of("evt_127")));
        }
        assertThat(intake.submitted).hasSize(2).allSatisfy(command -> {
            assertThat(command.args()).containsExactly("launch_vm.sh", "127", "running", "3", "init");
            assertThat(command.id()).isEmpty(); // The id of the request is that of the hypervisor.
        });
    }

    @ParameterizedTest
    @CsvSource({
        "callback=agent, ignored not registered",
        "error, ignored failed",
        "error=resource, accepted 1",
        "inter=3, accepted 1"
    })
    void a_control_means_what_it_means_to_the_platform(String control, String heard) throws Exception {
        post(
                "/internal/execute",
                JSON,
                new JsonObject().put("control", control).put("command", LAUNCH).encode());
        assertThat(listener.heard).containsExactly(heard);
    }

    @Test
    void one_command_is_answered_as_the_event_bus_answers_it() throws Exception {
        HttpResponse<Buffer> answer = commands(command(7));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("status", "accepted").put("event_ids", JsonArray.of("evt_7")));
        assertThat(intake.submitted.get(0).id()).contains("7");
        intake.answer = command -> Future.succeededFuture(new CommandResult.Ignored(IgnoreReason.UNCHANGED));
        assertThat(commands(command(7)).bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("status", "ignored").put("reason", "unchanged"));
    }

    @Test
    void each_command_of_an_array_has_its_answer_in_its_place() throws Exception {
        intake.answer = command -> command.arg(1).orElse("").equals("2")
                ? Future.failedFuture(new CallbackException(ErrorCode.QUEUE_FULL, "too much waits"))
                : Future.succeededFuture(new CommandResult.Accepted(
                        List.of(new EventId("evt_" + command.arg(1).orElse(""))), List.of()));
        HttpResponse<Buffer> answer = commands("[" + command(1) + "," + command(2) + ",7]");
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        JsonArray answers = answer.bodyAsJsonArray();
        assertThat(answers.getJsonObject(0).getJsonArray("event_ids")).isEqualTo(JsonArray.of("evt_1"));
        assertThat(answers.getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("status", "refused")
                        .put("code", 1301)
                        .put("reason", "CB-1301 QUEUE_FULL: too much waits. Send it again later.")
                        .put("retry", true));
        assertThat(answers.getJsonObject(2).getInteger("code")).isEqualTo(1001);
        assertThat(answers.getJsonObject(2).getBoolean("retry")).isFalse();
    }

    @Test
    void lines_are_answered_by_lines_and_one_that_is_none_disturbs_no_other() throws Exception {
        HttpResponse<Buffer> answer =
                post("/api/v1/commands", "application/x-ndjson", command(1) + "\n\nno json\n" + command(3));
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(answer.bodyAsString().lines().map(line -> new JsonObject(line).getString("status")))
                .containsExactly("accepted", "refused", "accepted");
        assertThat(commands("[]").bodyAsString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE_FULL, 429, 1",
        "SHUTTING_DOWN, 503, 1",
        "STORE_FAILED, 503, 1",
        "LOOKUP_UNAVAILABLE, 503, 1",
        "RESOURCE_UNKNOWN, 422,",
        "MISSING_RESOURCE_ID, 400,",
        "INTERNAL, 500, 1"
    })
    void a_refusal_s_status_tells_whether_to_send_it_again(ErrorCode code, int status, String retryAfter)
            throws Exception {
        intake.answer = command -> Future.failedFuture(new CallbackException(code, "no"));
        HttpResponse<Buffer> answer = commands(command(1));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.getHeader("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.bodyAsJsonObject().getBoolean("retry")).isEqualTo(retryAfter != null);
    }

    @Test
    void what_is_no_command_is_refused_before_anything_is_taken_in() throws Exception {
        assertThat(commands("no json").statusCode()).isEqualTo(400);
        assertThat(commands("null").statusCode()).isEqualTo(400);
        assertThat(commands("").statusCode()).isEqualTo(400);
        assertThat(post("/internal/execute", JSON, "[]").statusCode()).isEqualTo(400);
        assertThat(post("/internal/execute", JSON, "null").statusCode()).isEqualTo(400);
        assertThat(post("/api/v1/commands", "text/plain", command(1)).statusCode())
                .isEqualTo(415);
        assertThat(post("/else", JSON, command(1)).statusCode()).isEqualTo(404);
        HttpResponse<Buffer> get =
                request(HttpMethod.GET, "/api/v1/commands").send().await(20, SECONDS);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.getHeader("Allow")).isEqualTo("POST");
        assertThat(intake.submitted).isEmpty();
    }

    @Test
    void a_batch_with_too_many_commands_is_refused_as_a_whole() throws Exception {
        assertThat(commands("[" + String.join(",", command(1), command(2), command(3)) + "]")
                        .statusCode())
                .isEqualTo(200);
        assertThat(commands("[" + String.join(",", command(1), command(2), command(3), command(4)) + "]")
                        .statusCode())
                .isEqualTo(413);
        assertThat(intake.submitted).hasSize(3);
    }

    @Test
    void a_body_that_is_too_long_is_refused_whether_it_says_so_or_not() throws Exception {
        String longest = " ".repeat(MAX_BODY_BYTES - command(1).length()) + command(1);
        assertThat(commands(longest).statusCode()).isEqualTo(200);
        assertThat(commands(" " + longest).statusCode()).isEqualTo(413);
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write(("POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n1001\r\n" + " ".repeat(4097) + "\r\n")
                    .getBytes(ISO_8859_1));
            assertThat(new String(raw.readAll(), ISO_8859_1))
                    .startsWith("HTTP/1.1 413")
                    .contains("max_body_bytes");
        }
        assertThat(intake.submitted).hasSize(1);
    }

    @Test
    void a_client_that_asks_first_whether_its_body_is_wanted_is_told() throws Exception {
        String head = "POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: ";
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write((head + "99999\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(new String(raw.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 413");
        }
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write((head + command(1).length() + "\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(new String(raw.read(25), ISO_8859_1)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            raw.write(command(1).getBytes(ISO_8859_1));
            assertThat(new String(raw.read(15), ISO_8859_1)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void a_request_that_drips_is_ended() throws Exception {
        tap = deploy(options -> {}, Duration.ofSeconds(1), Duration.ofSeconds(60));
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write(("POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 100\r\n\r\n{")
                    .getBytes(ISO_8859_1));
            assertThat(new String(raw.readAll(), ISO_8859_1)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void a_connection_without_the_head_of_a_request_is_ended_even_where_one_drips() throws Exception {
        tap = deploy(options -> {}, Duration.ofSeconds(10), Duration.ofSeconds(1));
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write("POST /api/v1/comm".getBytes(ISO_8859_1));
            assertThat(raw.readAll()).isEmpty();
        }
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(new String(raw.readAll(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"status\":\"up\"}");
        }
    }

    @Test
    void a_head_that_is_too_long_is_refused() throws Exception {
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write(("GET /healthz HTTP/1.1\r\nX: " + "x".repeat(9000) + "\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(new String(raw.readAll(), ISO_8859_1)).contains(" 431 ");
        }
    }

    @Test
    void without_the_token_nothing_is_taken_in_and_a_changed_one_counts_at_once() throws Exception {
        tokens.use(List.of(new Secret("the-old-token-0000"), new Secret("the-new-token-0000")));
        assertThat(commands(command(1)).statusCode()).isEqualTo(401);
        assertThat(commands(command(1)).getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(post("/internal/execute", JSON, command(1)).statusCode()).isEqualTo(401);
        for (String wrong :
                List.of("the-old-token-0000", "Basic the-old-token-0000", "Bearer the-old-token", "Bearer ")) {
            assertThat(authorized(wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        assertThat(intake.submitted).isEmpty();
        assertThat(authorized("Bearer the-old-token-0000").statusCode()).isEqualTo(200);
        assertThat(authorized("bearer the-new-token-0000").statusCode()).isEqualTo(200);
        tokens.use(List.of(new Secret("the-new-token-0000")));
        assertThat(authorized("Bearer the-old-token-0000").statusCode()).isEqualTo(401);
        assertThat(request(HttpMethod.GET, "/healthz").send().await(20, SECONDS).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<Buffer> authorized(String authorization) throws Exception {
        return request(HttpMethod.POST, "/api/v1/commands")
                .putHeader("Authorization", authorization)
                .putHeader("Content-Type", JSON)
                .sendBuffer(Buffer.buffer(command(1)))
                .await(20, SECONDS);
    }

    @Test
    void with_authorities_of_senders_only_their_certificates_are_heard() throws Exception {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path trust = authority.trustFile(directory, ".pem");
        Path key = TestAuthority.keyFile(directory, ".pem", authority.issue("localhost"));
        tap = deploy(
                options -> ServerTls.apply(
                        Optional.of(new KeyFile(key, Optional.empty())),
                        Optional.of(new KeyFile(trust, Optional.empty())),
                        options),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
        WebClientOptions trusting = new WebClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(trust.toString()));
        assertThatThrownBy(() -> overTls(new WebClientOptions(trusting))).isInstanceOf(Exception.class);
        assertThat(intake.submitted).isEmpty();
        WebClientOptions known = new WebClientOptions(trusting)
                .setKeyCertOptions(
                        new PemKeyCertOptions().addKeyPath(key.toString()).addCertPath(key.toString()));
        assertThat(overTls(known).statusCode()).isEqualTo(200);
    }

    private HttpResponse<Buffer> overTls(WebClientOptions options) throws Exception {
        return WebClient.create(vertx, options)
                .post(tap.port(), "localhost", "/api/v1/commands")
                .putHeader("Content-Type", JSON)
                .sendBuffer(Buffer.buffer(command(1)))
                .await(20, SECONDS);
    }

    @Test
    void an_answer_waits_for_the_verdict_and_a_sender_that_is_gone_disturbs_nobody() throws Exception {
        Promise<CommandResult> later = Promise.promise();
        intake.answer = command -> later.future();
        try (RawClient raw = new RawClient(tap.port())) {
            raw.write(("POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                            + command(1).length() + "\r\n\r\n" + command(1))
                    .getBytes(ISO_8859_1));
            await().until(() -> intake.submitted.size() == 1);
        }
        Future<HttpResponse<Buffer>> waiting = request(HttpMethod.POST, "/api/v1/commands")
                .putHeader("Content-Type", JSON)
                .sendBuffer(Buffer.buffer(command(2)));
        await().until(() -> intake.submitted.size() == 2);
        assertThat(waiting.isComplete()).isFalse();
        later.complete(new CommandResult.Accepted(List.of(new EventId("evt_1")), List.of()));
        assertThat(waiting.await(20, SECONDS).statusCode()).isEqualTo(200);
    }
}
