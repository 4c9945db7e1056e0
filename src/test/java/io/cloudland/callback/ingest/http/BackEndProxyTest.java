package io.cloudland.callback.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.RefusingPort;
import io.cloudland.callback.ingest.CommandLine;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes the proxy, byte for byte. */
class BackEndProxyTest extends ProxyOnSockets {

    private static final byte[] BAD =
            bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 24\r\n\r\n{\"status\":\"Bad request\"}");

    private List<String> submitted() {
        return intake.submitted.stream()
                .map(command -> String.join("|", command.args()))
                .toList();
    }

    @Test
    void the_platform_s_real_requests_pass_byte_for_byte_and_each_registered_command_is_taken_in() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/cloudland/command-lines.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> (String) io.vertx.core.json.Json.decodeValue(line.split("\t", -1)[0]))
                .toList();
        List<byte[]> requests = lines.stream().map(line -> request(line, "")).toList();
        call(requests.toArray(new byte[0][]));
        assertThat(backEnd.connection(0).bytes()).isEqualTo(concat(requests.toArray(new byte[0][])));
        List<String> launches = lines.stream()
                .map(CommandLine::decode)
                .filter(line -> line.name().equals("launch_vm"))
                .map(line -> String.join("|", line.args()))
                .toList();
        assertThat(launches).hasSizeGreaterThan(10);
        await().untilAsserted(() -> assertThat(submitted()).isEqualTo(launches));
        assertThat(counts.executed()).isEqualTo(lines.size());
        assertThat(counts.unread()).isZero();
    }

    static Stream<Arguments> exchanges() {
        byte[] launch = request(LAUNCH, "");
        String json = "{\"Id\":3,\"Command\":\"" + LAUNCH + "\"}";
        byte[] chunked = bytes("POST /internal/execute HTTP/1.1\r\nHOST: b\r\ntransfer-encoding:Chunked\r\n\r\n"
                + "5;ext=\"a;b\"\r\n" + json.substring(0, 5) + "\r\n" + Integer.toHexString(json.length() - 5) + "\r\n"
                + json.substring(5) + "\r\n000\r\nX-Trailer: 1\r\n\r\n");
        byte[] chunkedAnswer = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n{\"s\r\nC\r\ntatus\":\"ok\"}\r\n0\r\nDigest: x\r\n\r\n");
        return Stream.of(
                Arguments.of("chunked both ways", chunked, chunkedAnswer, 1),
                Arguments.of("a failure", launch, BAD, 0),
                Arguments.of("created", launch, bytes("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"), 1),
                Arguments.of("no content", launch, bytes("HTTP/1.1 204 No Content\r\n\r\n"), 1),
                Arguments.of(
                        "a redirect",
                        launch,
                        bytes("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
                        0),
                Arguments.of("no reason phrase", launch, bytes("HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n"), 1),
                Arguments.of(
                        "HTTP/1.0",
                        bytes("POST /internal/execute HTTP/1.0\r\nContent-Length: " + json.length() + "\r\n\r\n"
                                + json),
                        bytes("HTTP/1.0 200 OK\r\n\r\n{\"status\":\"ok\"}"),
                        1),
                Arguments.of(
                        "interim answers",
                        launch,
                        concat(
                                bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
                                DONE),
                        1),
                Arguments.of(
                        "lines that end with LF alone",
                        bytes("POST /internal/execute HTTP/1.1\nContent-Length: " + json.length() + "\n\n" + json),
                        bytes("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
                        1),
                Arguments.of("three at once", concat(launch, launch, launch), concat(DONE, BAD, DONE), 2),
                Arguments.of(
                        "HEAD between two",
                        concat(launch, bytes("HEAD /internal/execute HTTP/1.1\r\n\r\n"), launch),
                        concat(DONE, bytes("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"), DONE),
                        2),
                Arguments.of(
                        "another path",
                        bytes("POST /internal/executed HTTP/1.1\r\nContent-Length: " + json.length() + "\r\n\r\n"
                                + json),
                        DONE,
                        0),
                Arguments.of(
                        "another method",
                        bytes("PUT /internal/execute HTTP/1.1\r\nContent-Length: " + json.length() + "\r\n\r\n" + json),
                        DONE,
                        0),
                Arguments.of(
                        "an address with host and query",
                        bytes("POST http://b:50050/internal/execute?x=1 HTTP/1.1\r\n" + "Content-Length: "
                                + json.length() + "\r\n\r\n" + json),
                        DONE,
                        1),
                Arguments.of("no HTTP at all", bytes("\u0000\u0001hello\r\n\r\nwhat"), bytes("\u00ff\u00fe\r\n"), 0),
                Arguments.of(
                        "two lengths",
                        bytes("POST /internal/execute HTTP/1.1\r\nContent-Length: 1\r\n"
                                + "Content-Length: 2\r\n\r\nab"),
                        BAD,
                        0),
                Arguments.of(
                        "an upgrade",
                        bytes("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u0081\u0002hi"),
                        bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0002ho"),
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exchanges")
    void whatever_passes_passes_byte_for_byte(String name, byte[] request, byte[] answer, int executed)
            throws Exception {
        backEnd.script(connection -> {
            connection.read(request.length);
            connection.write(answer);
            connection.end();
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(request);
            assertThat(client.readAll()).isEqualTo(answer);
        }
        assertThat(backEnd.connection(0).bytes()).isEqualTo(request);
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(executed));
        assertThat(counts.executed()).isEqualTo(executed);
    }

    @Test
    void a_request_that_comes_byte_by_byte_is_the_same_request() throws Exception {
        byte[] request = request(LAUNCH, "");
        backEnd.script(answering(request.length, DONE));
        try (RawClient client = new RawClient(proxy.port())) {
            for (byte one : request) {
                client.write(new byte[] {one});
            }
            assertThat(client.read(DONE.length)).isEqualTo(DONE);
        }
        assertThat(backEnd.connection(0).bytes()).isEqualTo(request);
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(1));
    }

    @Test
    void a_client_that_waits_to_be_told_to_go_on_is_told_by_the_back_end_alone() throws Exception {
        byte[] body = new JsonObject().put("command", LAUNCH).encode().getBytes(UTF_8);
        byte[] head = bytes("POST /internal/execute HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: " + body.length
                + "\r\n\r\n");
        byte[] goOn = bytes("HTTP/1.1 100 Continue\r\n\r\n");
        CompletableFuture<Void> allowed = new CompletableFuture<>();
        backEnd.script(connection -> {
            connection.read(head.length);
            allowed.join();
            connection.write(goOn);
            connection.read(body.length);
            connection.write(DONE);
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(head);
            await().until(() -> backEnd.count() == 1 && backEnd.connection(0).bytes().length == head.length);
            assertThat(intake.submitted).isEmpty();
            allowed.complete(null);
            assertThat(client.read(goOn.length)).isEqualTo(goOn);
            assertThat(counts.executed()).isZero();
            client.write(body);
            assertThat(client.read(DONE.length)).isEqualTo(DONE);
        }
        assertThat(backEnd.connection(0).bytes()).isEqualTo(concat(head, body));
        await().untilAsserted(() -> assertThat(intake.submitted).hasSize(1));
    }

    @Test
    void large_bodies_pass_both_ways_and_one_that_is_too_long_to_be_read_is_counted_not_kept() throws Exception {
        byte[] large = new byte[24 << 20];
        new Random(7).nextBytes(large);
        byte[] request = post(large);
        byte[] answer = concat(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n"), large);
        backEnd.script(connection -> {
            connection.read(request.length);
            connection.write(answer);
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(request);
            assertThat(java.util.Arrays.equals(client.read(answer.length), answer))
                    .isTrue();
        }
        assertThat(java.util.Arrays.equals(backEnd.connection(0).bytes(), request))
                .isTrue();
        await().untilAsserted(() -> assertThat(counts.lost()).isEqualTo(1));
        assertThat(counts.unaccepted()).isEqualTo(1);
        assertThat(intake.submitted).isEmpty();
    }

    @Test
    void a_client_that_reads_late_gets_all_of_what_a_back_end_wrote_before_it_closed() throws Exception {
        byte[] large = new byte[8 << 20];
        new Random(8).nextBytes(large);
        byte[] answer = concat(bytes("HTTP/1.0 200 OK\r\n\r\n"), large);
        CompletableFuture<Void> written = new CompletableFuture<>();
        byte[] request = request(LAUNCH, "");
        backEnd.script(connection -> {
            connection.read(request.length);
            connection.write(java.util.Arrays.copyOf(answer, answer.length / 2));
            written.complete(null);
            connection.write(java.util.Arrays.copyOfRange(answer, answer.length / 2, answer.length));
            connection.end();
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.write(request);
            byte[] first = client.read(1000);
            assertThat(java.util.Arrays.equals(concat(first, client.readAll()), answer))
                    .isTrue();
        }
    }

    @Test
    void an_answer_that_comes_before_the_request_has_ended_reaches_its_client() throws Exception {
        byte[] answer = bytes("HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        backEnd.script(connection -> {
            connection.read(4096);
            connection.write(answer);
            connection.end();
            ended.complete(null);
        });
        try (RawClient client = new RawClient(proxy.port())) {
            byte[] part = java.util.Arrays.copyOf(post(new byte[1 << 20]), 4096);
            client.write(part);
            ended.join();
            client.write(part);
            client.write(part);
            assertThat(client.read(answer.length)).isEqualTo(answer);
        }
        assertThat(counts.executed()).isZero();
    }

    @Test
    void a_back_end_that_is_down_is_a_connection_that_closes_without_an_answer() throws Exception {
        try (RefusingPort nobody = new RefusingPort()) {
            deploy(nobody.number(), 1 << 20);
            try (RawClient client = new RawClient(proxy.port())) {
                assertThat(client.readAll()).isEmpty();
            }
        }
    }
}
