package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happened to other systems, a test for each trap that lies in the request, the address, the answer or TLS. */
@ExtendWith(VertxExtension.class)
class WebhookTrapsTest {

    @Test
    void a_303_does_not_turn_the_post_into_a_get_whose_200_looks_like_a_delivery(Vertx vertx) {
        RawServer elsewhere = new RawServer(vertx, RawServer.always(RawServer.OK));
        RawServer server = new RawServer(
                vertx,
                RawServer.always(
                        "HTTP/1.1 303 See Other\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(303, ""));
        }
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void the_timeout_covers_the_body_too_so_that_one_that_drips_for_ever_does_not_hold_its_place(Vertx vertx) {
        Duration deadline = Duration.ofMillis(300);
        RawServer server = new RawServer(vertx, (socket, request) -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            long drip = vertx.setPeriodic(20, tick -> socket.write("x"));
            socket.closeHandler(closed -> vertx.cancelTimer(drip));
        });
        try (SenderUnderTest sender =
                new SenderUnderTest(vertx, Deliveries.endpoint(server.url(), deadline, false), 1)) {
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
        }
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_small_answer_that_unpacks_to_much_does_not_fill_the_heap(Vertx vertx) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[100 << 20]);
        }
        RawServer server = new RawServer(
                vertx,
                (socket, request) -> socket.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + bomb.size() + "\r\n\r\n")
                        .onSuccess(head -> socket.write(Buffer.buffer(bomb.toByteArray()))));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, ""));
            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void the_content_length_counts_bytes_where_the_body_is_not_ascii(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        byte[] body = Deliveries.delivery().payload().body();
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("虚拟机");
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\ncontent-length: " + body.length + "\r\n");
    }

    @Test
    void attempts_do_not_make_a_new_connection_each(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(resultOf(sender.sendInTurn(50))).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void the_switch_that_skips_the_check_of_certificates_is_wired_in_its_right_sense(Vertx vertx) {
        TestAuthority nobody = new TestAuthority("Nobody knows it");
        RawServer server = new RawServer(
                vertx, TestAuthority.server(nobody.issue("127.0.0.1")), "127.0.0.1", RawServer.always(RawServer.OK));
        String url = "https://127.0.0.1:" + server.port() + "/";
        try (SenderUnderTest checking =
                        new SenderUnderTest(vertx, Deliveries.endpoint(url, Deliveries.LONG_ENOUGH, false), 1);
                SenderUnderTest skipping =
                        new SenderUnderTest(vertx, Deliveries.endpoint(url, Deliveries.LONG_ENOUGH, true), 1)) {
            assertThat(checking.send().describe()).startsWith("TLS: ");
            assertThat(skipping.send()).isEqualTo(new Answered(200, "ok"));
        }
    }

    @Test
    void no_timer_is_left_of_a_request(Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(resultOf(sender.sendInTurn(50))).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.timersLeft()).isZero();
        }
    }

    @Test
    void a_retry_after_that_is_a_date_is_read_and_measured_by_the_endpoint_s_own_clock(Vertx vertx) {
        RawServer server = new RawServer(
                vertx,
                RawServer.always("HTTP/1.1 503 Later\r\nDate: Tue, 04 Mar 2025 05:06:07 GMT\r\n"
                        + "Retry-After: Tue, 04 Mar 2025 05:08:07 GMT\r\nContent-Length: 0\r\n\r\n"));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(503, "", Optional.of(Duration.ofMinutes(2))));
        }
    }

    @Test
    void an_endpoint_that_never_answers_is_left_for_there_is_always_a_timeout(Vertx vertx) {
        VirtualTimers time = new VirtualTimers();
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1, time)) {
            Future<AttemptOutcome> sent = sender.begin(Deliveries.delivery(), 1);
            await().until(() -> !server.requests().isEmpty());
            sender.onLoop(() -> time.advance(Deliveries.LONG_ENOUGH));
            assertThat(resultOf(sent)).isEqualTo(new TimedOut(Deliveries.LONG_ENOUGH));
        }
    }
}
