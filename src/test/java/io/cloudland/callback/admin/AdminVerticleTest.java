package io.cloudland.callback.admin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control API over a real Unix domain socket. */
class AdminVerticleTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final FakeControl control = new FakeControl();
    private final WebClient client = WebClient.create(vertx);
    private Path socket;

    @BeforeEach
    void nameSocket() {
        socket = directory.resolve("admin.sock");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    private String deploy() throws Exception {
        return vertx.deployVerticle(new AdminVerticle(control, socket)).await(10, SECONDS);
    }

    private HttpResponse<Buffer> ask(HttpMethod method, String uri, Buffer body) throws Exception {
        return client.request(method, SocketAddress.domainSocketAddress(socket.toString()), 80, "localhost", uri)
                .sendBuffer(body)
                .await(10, SECONDS);
    }

    private HttpResponse<Buffer> get(String uri) throws Exception {
        return ask(HttpMethod.GET, uri, Buffer.buffer());
    }

    private static String message(HttpResponse<Buffer> answer) {
        return answer.bodyAsJsonObject().getJsonObject("error").getString("message");
    }

    @Test
    void it_answers_json_on_a_socket_that_only_its_user_may_open() throws Exception {
        deploy();
        HttpResponse<Buffer> answer = get("/api/v1/stats");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(answer.bodyAsJsonObject()).isEqualTo(control.counts());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void parameters_are_decoded() throws Exception {
        deploy();
        control.dead.add(AdminSamples.deadLetter("evt_1", Samples.instance(1), "HTTP 503 & more"));
        assertThat(get("/api/v1/dead-letters?reason=503%20%26&resource=instance%2F1")
                        .bodyAsJsonObject()
                        .getJsonArray("dead_letters"))
                .hasSize(1);
    }

    @Test
    void problems_are_json_too() throws Exception {
        deploy();
        assertThat(get("/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/stats?pretty=1").statusCode()).isEqualTo(400);
        assertThat(message(get("/api/v1/stats?pretty=1"))).contains("'pretty'");
        assertThat(get("/api/v1/stats?reason=%zz").statusCode()).isEqualTo(400);
    }

    @Test
    void a_body_reaches_the_operation_up_to_its_bound() throws Exception {
        deploy();
        assertThat(ask(HttpMethod.POST, "/api/v1/replays", Buffer.buffer("{\"all\":true}"))
                        .bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("replayed", 0));
        HttpResponse<Buffer> tooLong = ask(HttpMethod.POST, "/api/v1/replays", Buffer.buffer("x".repeat(70_000)));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(message(tooLong)).contains("65536");
    }

    @Test
    void the_socket_is_gone_after_the_stop() throws Exception {
        vertx.undeploy(deploy()).await(10, SECONDS);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void it_starts_again_where_it_was_stopped() throws Exception {
        vertx.undeploy(deploy()).await(10, SECONDS);
        deploy();
        assertThat(get("/api/v1/stats").statusCode()).isEqualTo(200);
    }

    @Test
    void a_second_one_with_the_same_socket_is_told_and_the_first_goes_on() throws Exception {
        deploy();
        assertThatThrownBy(this::deploy)
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("is in use by another service");
        assertThat(get("/api/v1/stats").statusCode()).isEqualTo(200);
    }

    @Test
    void a_socket_that_cannot_be_bound_fails_the_start_and_leaves_nothing() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        socket = file.resolve("admin.sock");
        assertThatThrownBy(this::deploy)
                .isInstanceOf(CallbackException.class)
                .hasMessageContainingAll("callback.admin.socket " + socket, "cannot be opened");
        assertThat(directory.toFile().list()).containsExactly("file");
    }
}
