package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class HttpAttemptSenderTest {

    @Test
    void a_request_carries_the_body_and_every_header(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        Instant before = Instant.now();
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url() + "/a%2Fb?x=%20y&z")) {
            AttemptOutcome outcome = resultOf(sender.begin(Deliveries.delivery(), 3));
            assertThat(outcome).isEqualTo(new Answered(200, "ok"));
        }

        String request =
                new String(server.requests().get(0).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertThat(request.lines().findFirst()).contains("POST /hook/a%2Fb?x=%20y&z HTTP/1.1");
        String body = new String(Deliveries.delivery().payload().body(), StandardCharsets.UTF_8);
        assertThat(request).endsWith("\r\n\r\n" + body);
        assertThat(headersOf(request))
                .contains(
                        "host: 127.0.0.1:" + server.port(),
                        "content-type: application/json",
                        "content-length: " + Deliveries.delivery().payload().body().length,
                        "user-agent: cloudland-callback/1.0",
                        "webhook-id: evt_1",
                        "cloudland-sequence: 7",
                        "cloudland-epoch: epoch-1",
                        "cloudland-attempt: 3",
                        "cloudland-recorded-at: 2025-10-30t10:30:01z",
                        "x-ps-api-key: key-1")
                .hasSize(11);
        long timestamp = Long.parseLong(headersOf(request).stream()
                .filter(header -> header.startsWith("webhook-timestamp: "))
                .collect(Collectors.joining())
                .substring(19));
        assertThat(timestamp).isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
    }

    @Test
    void one_that_stands_for_older_events_says_for_how_many_and_from_which_on_and_nothing_else_changes(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        Delivery alone = Deliveries.delivery();
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            resultOf(sender.begin(alone, 1));
            resultOf(sender.begin(alone.withCoalesced(new Coalesced(4, 2)), 1));
        }

        String plain = server.requests().get(0);
        String standing = server.requests().get(1);
        assertThat(plain.toLowerCase(Locale.ROOT)).doesNotContain("coalesced");
        assertThat(standing.lines().filter(line -> line.contains("oalesced")))
                .containsExactly("CloudLand-Coalesced-Count: 4", "CloudLand-Coalesced-From: 2");
        assertThat(bodyOf(standing)).isEqualTo(bodyOf(plain)).isNotEmpty();
    }

    private static String bodyOf(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void the_headers_of_the_format_are_sent_and_cannot_take_the_place_of_our_own(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        Payload payload = new Payload("a/b", new byte[0], Map.of("ce-id", "evt_1", "webhook-id", "other"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            resultOf(sender.begin(Deliveries.delivery(payload), 1));
        }
        assertThat(headersOf(server.requests().get(0)))
                .contains("ce-id: evt_1", "webhook-id: evt_1", "content-type: a/b")
                .doesNotContain("webhook-id: other");
    }

    private static List<String> headersOf(String request) {
        return request.substring(0, request.indexOf("\r\n\r\n"))
                .lines()
                .skip(1)
                .map(header -> header.toLowerCase(Locale.ROOT))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 301, 400, 404, 410, 429, 500, 503})
    void every_final_status_is_an_answer(int status, Vertx vertx) {
        RawServer server =
                new RawServer(vertx, RawServer.always("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(status, ""));
            assertThat(sender.send()).isEqualTo(new Answered(status, ""));
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_not_followed(int status, Vertx vertx) {
        RawServer other = new RawServer(vertx, RawServer.always(RawServer.OK));
        RawServer server = new RawServer(
                vertx,
                RawServer.always(
                        "HTTP/1.1 " + status + " Away\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(status, ""));
        }
        assertThat(other.connections()).isZero();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_thousand_attempts_in_turn_use_one_connection(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(resultOf(sender.sendInTurn(1_000))).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests()).hasSize(1_000);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void attempts_at_once_use_no_more_connections_than_allowed(Vertx vertx) {
        RawServer server =
                new RawServer(vertx, (socket, request) -> vertx.setTimer(5, later -> socket.write(RawServer.OK)));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 3)) {
            List<Future<AttemptOutcome>> sent = IntStream.range(0, 40)
                    .mapToObj(each -> sender.begin(Deliveries.delivery(), 1))
                    .toList();
            sent.forEach(one -> assertThat(resultOf(one)).isEqualTo(new Answered(200, "ok")));
        }
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void more_attempts_than_may_wait_fail_at_once(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            List<Future<AttemptOutcome>> sent = IntStream.range(0, 30)
                    .mapToObj(each -> sender.begin(Deliveries.delivery(), 1))
                    .toList();
            assertThat(resultOf(sent.get(29)))
                    .isEqualTo(new AttemptOutcome.Failed("too many attempts wait for a connection"));
        }
    }

    @Test
    void an_endpoint_that_closes_after_each_answer_gets_a_connection_each(Vertx vertx) {
        RawServer server = new RawServer(
                vertx,
                (socket, request) -> socket.end(io.vertx.core.buffer.Buffer.buffer(
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(resultOf(sender.sendInTurn(5))).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.connections()).isEqualTo(5);
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void an_ipv6_endpoint_is_reached(Vertx vertx) {
        RawServer server = new RawServer(vertx, new NetServerOptions(), "::1", RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, "http://[::1]:" + server.port() + "/")) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests().get(0)).contains("[::1]:" + server.port());
    }

    @Test
    void closing_ends_what_is_under_way_and_gives_the_connections_back(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 2)) {
            List<Future<AttemptOutcome>> sent = Stream.generate(() -> sender.begin(Deliveries.delivery(), 1))
                    .limit(4)
                    .toList();
            await().until(() -> server.requests().size() == 2);

            resultOf(sender.beginClose());

            sent.forEach(one -> assertThat(resultOf(one)).isEqualTo(HttpAttemptSender.CUT_SHORT));
            assertThat(sender.send()).isEqualTo(HttpAttemptSender.CUT_SHORT);
            await().until(() -> server.open() == 0);
        }
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_header_that_cannot_be_sent_is_a_defect_of_ours_and_leaves_nothing_behind(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        Delivery broken = Deliveries.delivery(new Payload("a/b\r\nX-Smuggled: 1", new byte[0]));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThatThrownBy(() -> resultOf(sender.begin(broken, 1)))
                    .isInstanceOf(CallbackException.class)
                    .hasMessageContaining("attempt 1 of evt_1 → default");
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests()).hasSize(1);
    }
}
