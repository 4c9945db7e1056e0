package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints do wrong, byte by byte. */
@ExtendWith(VertxExtension.class)
class HttpAttemptSenderFaultTest {

    private static AttemptOutcome outcomeOf(Vertx vertx, RawServer server) {
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            return sender.send();
        }
    }

    private static AttemptOutcome outcomeOf(Vertx vertx, String answer) {
        return outcomeOf(vertx, new RawServer(vertx, RawServer.always(answer)));
    }

    /** A server that writes this and closes. */
    private static RawServer closing(Vertx vertx, String answer) {
        return new RawServer(vertx, (socket, request) -> socket.end(Buffer.buffer(answer)));
    }

    @Test
    void a_refused_connection_is_a_failure(Vertx vertx) {
        try (RefusingPort port = new RefusingPort();
                SenderUnderTest sender = new SenderUnderTest(vertx, "http://127.0.0.1:" + port.number() + "/")) {
            assertThat(sender.send()).isEqualTo(new Failed("connection refused"));
        }
    }

    @Test
    void an_unknown_host_is_named(Vertx vertx) {
        try (SenderUnderTest sender = new SenderUnderTest(vertx, "http://nonexistent.invalid/")) {
            assertThat(sender.send()).isEqualTo(new Failed("host not found: nonexistent.invalid"));
        }
    }

    @Test
    void an_endpoint_that_closes_without_a_word_is_a_failure(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> socket.close());
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Failed("closed by the endpoint before it answered"));
    }

    @Test
    void an_answer_shorter_than_announced_is_a_failure(Vertx vertx) {
        RawServer server = closing(vertx, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort");
        assertThat(outcomeOf(vertx, server))
                .isEqualTo(new Failed("closed by the endpoint in the middle of its answer"));
    }

    @Test
    void a_chunked_answer_without_its_end_is_a_failure(Vertx vertx) {
        RawServer server = closing(vertx, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
        assertThat(outcomeOf(vertx, server))
                .isEqualTo(new Failed("closed by the endpoint in the middle of its answer"));
    }

    @Test
    void a_connection_reset_in_the_middle_of_the_answer_is_a_failure(Vertx vertx) {
        RawServer server = new RawServer(
                vertx,
                new NetServerOptions().setSoLinger(0),
                "127.0.0.1",
                (socket, request) -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
                        .onComplete(written -> socket.close()));
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Failed("connection reset"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2 secret\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "\u0000\u0001\u0002secret\r\n\r\n"
            })
    void garbage_is_a_malformed_answer_and_is_not_repeated_in_the_reason(String garbage, Vertx vertx) {
        assertThat(outcomeOf(vertx, garbage).describe())
                .startsWith("malformed answer: ")
                .doesNotContain("secret");
    }

    @Test
    void a_length_that_is_no_number_is_a_malformed_answer(Vertx vertx) {
        assertThat(outcomeOf(vertx, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")
                        .describe())
                .startsWith("malformed answer: ");
    }

    @Test
    void a_bad_chunk_is_a_malformed_answer(Vertx vertx) {
        assertThat(outcomeOf(vertx, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n")
                        .describe())
                .startsWith("malformed answer: ");
    }

    @Test
    void more_headers_than_8_kib_are_a_malformed_answer(Vertx vertx) {
        String flood = "X-Filler: 0123456789012345678901234567890123456789\r\n".repeat(400);
        assertThat(outcomeOf(vertx, "HTTP/1.1 200 OK\r\n" + flood + "Content-Length: 0\r\n\r\n"))
                .isEqualTo(new Failed("malformed answer: headers too long"));
    }

    @Test
    void an_endless_status_line_is_a_malformed_answer(Vertx vertx) {
        assertThat(outcomeOf(vertx, "HTTP/1.1 200 " + "O".repeat(10_000)))
                .isEqualTo(new Failed("malformed answer: status line too long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "103 Early Hints"})
    void an_interim_answer_is_not_the_answer(String interim, Vertx vertx) {
        assertThat(outcomeOf(vertx, "HTTP/1.1 " + interim + "\r\n\r\n" + RawServer.OK))
                .isEqualTo(new Answered(200, "ok"));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 102})
    void an_unexpected_interim_answer_ends_the_connection_so_that_no_answer_is_taken_for_the_next(
            int status, Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always("HTTP/1.1 " + status + " X\r\n\r\n" + RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            Failed failed = new Failed("malformed answer: unexpected interim status " + status);
            assertThat(sender.send()).isEqualTo(failed);
            assertThat(sender.send()).isEqualTo(failed);
        }
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_chunked_answer_is_read_whole(Vertx vertx) {
        assertThat(
                        outcomeOf(
                                vertx,
                                "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nno d\r\n7\r\natabase\r\n0\r\n\r\n"))
                .isEqualTo(new Answered(500, "no database"));
    }

    @Test
    void an_answer_that_ends_with_the_connection_is_an_answer(Vertx vertx) {
        assertThat(outcomeOf(vertx, closing(vertx, "HTTP/1.0 200 OK\r\n\r\nok")))
                .isEqualTo(new Answered(200, "ok"));
    }

    @Test
    void a_huge_answer_is_cut_off_and_its_status_counts(Vertx vertx) {
        AtomicLong written = new AtomicLong();
        RawServer server = new RawServer(vertx, (socket, request) -> {
            socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            flood(socket, written);
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "x".repeat(256)));
            await().until(() -> server.open() == 0);
        }
        assertThat(written.get()).as("bytes that the endpoint got rid of").isLessThan(20 << 20);
    }

    /** Writes a chunk of 16 KiB after the other, 64 MiB at most, for as long as the other side takes them. */
    private static void flood(NetSocket socket, AtomicLong written) {
        Buffer chunk = Buffer.buffer("4000\r\n" + "x".repeat(0x4000) + "\r\n");
        socket.write(chunk).onSuccess(taken -> {
            if (written.addAndGet(chunk.length()) < 64 << 20) {
                flood(socket, written);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 X\r\nContent-Length: 5\r\n\r\nhello",
                "204 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "304 X\r\nContent-Length: 5\r\n\r\nhello"
            })
    void a_body_where_none_may_be_is_not_taken_for_the_next_answer(String answer, Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always("HTTP/1.1 " + answer));
        Answered answered = new Answered(Integer.parseInt(answer.substring(0, 3)), "");
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(sender.send()).isEqualTo(answered);
            assertThat(sender.send()).isEqualTo(answered);
        }
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 X\r\n\r\n", "204 X\r\nContent-Length: 0\r\n\r\n", "304 X\r\n\r\n"})
    void an_answer_without_a_body_leaves_its_connection(String answer, Vertx vertx) {
        RawServer server = new RawServer(vertx, RawServer.always("HTTP/1.1 " + answer));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(sender.send()).isInstanceOf(Answered.class);
            assertThat(sender.send()).isInstanceOf(Answered.class);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 20000})
    void a_status_of_more_than_three_digits_is_a_malformed_answer(int status, Vertx vertx) {
        assertThat(outcomeOf(vertx, "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(new Failed("malformed answer: status above 999"));
    }

    @Test
    void the_next_attempt_after_a_failure_gets_a_new_connection(Vertx vertx) {
        RawServer[] server = new RawServer[1];
        server[0] = new RawServer(
                vertx,
                (socket, request) -> socket.write(server[0].requests().size() == 1 ? "garbage\r\n\r\n" : RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server[0].url()), 1)) {
            assertThat(sender.send()).isInstanceOf(Failed.class);
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server[0].connections()).isEqualTo(2);
    }
}
