package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.ingest.CommandAdmission;
import io.cloudland.callback.ingest.FakeIntake;
import io.cloudland.callback.ingest.RecordingListener;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.registry.CommandResult;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A proxy between a back end and its clients, all of them on sockets of the loopback. */
@ExtendWith(VertxExtension.class)
abstract class ProxyOnSockets {

    static final String LAUNCH = "launch_vm.sh '127' 'running' '3' 'init'";
    static final byte[] DONE = bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\n"
            + "Date: Fri, 27 Nov 2026 19:00:00 GMT\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}");
    static final int MAX_BODY_BYTES = 64 * 1024;

    @TempDir
    Path directory;

    final FakeIntake intake = new FakeIntake();
    final RecordingListener listener = new RecordingListener();
    final HttpIngestCounts counts = new HttpIngestCounts();
    Vertx vertx;
    RawBackEnd backEnd;
    HttpIngestVerticle proxy;
    String deployment;
    Path unaccepted;

    @BeforeEach
    void start(Vertx vertx) throws Exception {
        this.vertx = vertx;
        unaccepted = directory.resolve("data").resolve("unaccepted.ndjson");
        intake.answer = command -> Future.succeededFuture(
                new CommandResult.Accepted(List.of(new EventId("evt_" + intake.submitted.size())), List.of()));
        backEnd = new RawBackEnd(connection -> {});
        deploy(backEnd.port(), 1 << 20);
    }

    void deploy(int backEndPort, long maxBytes) throws Exception {
        proxy = new HttpIngestVerticle(
                new HttpIngestVerticle.Listen("127.0.0.1", 0, options -> {}),
                Optional.of(new HttpIngestVerticle.Upstream("127.0.0.1", backEndPort, unaccepted, maxBytes)),
                new TapSettings(MAX_BODY_BYTES, 10, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                new TokenCheck(List.of()),
                new CommandAdmission(intake, () -> true, TimeSource.system(), listener),
                counts,
                TimeSource.system(),
                new VertxTimers(vertx));
        deployment = vertx.deployVerticle((Deployable) proxy).await(20, SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        backEnd.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] request(String command, String control) {
        String body = new JsonObject()
                .put("id", 3)
                .put("extra", 0)
                .put("control", control)
                .put("command", command)
                .encode();
        return post(body.getBytes(UTF_8));
    }

    static byte[] post(byte[] body) {
        return concat(
                bytes("POST /internal/execute HTTP/1.1\r\nhost: 127.0.0.1:50050\r\nContent-Type: application/json\r\n"
                        + "content-LENGTH: " + body.length + "\r\n\r\n"),
                body);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Calls once for each request, on one connection, and is answered {@link #DONE} each time. */
    void call(byte[]... requests) throws Exception {
        backEnd.script(connection -> {
            for (byte[] request : requests) {
                connection.read(request.length);
                connection.write(DONE);
            }
        });
        try (RawClient client = new RawClient(proxy.port())) {
            for (byte[] request : requests) {
                client.write(request);
                assertThat(client.read(DONE.length)).isEqualTo(DONE);
            }
        }
    }

    /** Answers each so many bytes with that, and goes on. */
    static RawBackEnd.Script answering(int length, byte[] answer) {
        return connection -> {
            connection.read(length);
            connection.write(answer);
        };
    }

    List<JsonObject> kept() throws IOException {
        return Files.exists(unaccepted)
                ? Files.readAllLines(unaccepted).stream().map(JsonObject::new).toList()
                : List.of();
    }
}
