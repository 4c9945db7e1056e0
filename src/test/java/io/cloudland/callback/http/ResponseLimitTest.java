package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer may cost, byte by byte: answers without end or measure end early. */
@ExtendWith(VertxExtension.class)
class ResponseLimitTest {

    private final AtomicLong written = new AtomicLong();

    /** Answers with a head, and then with one piece after the other for as long as the other side takes them. */
    private RawServer flooding(Vertx vertx, String head, String piece) {
        return new RawServer(vertx, (socket, request) -> {
            socket.write(head);
            flood(socket, Buffer.buffer(piece));
        });
    }

    private void flood(NetSocket socket, Buffer piece) {
        socket.write(piece).onSuccess(taken -> {
            if (written.addAndGet(piece.length()) < 64 << 20) {
                flood(socket, piece);
            }
        });
    }

    private AttemptOutcome outcomeOf(Vertx vertx, RawServer server) {
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            AttemptOutcome outcome = sender.send();
            await().until(() -> server.open() == 0);
            return outcome;
        }
    }

    @Test
    void a_gzip_bomb_is_never_unpacked(Vertx vertx) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[20 << 20]);
        }
        assertThat(bomb.size()).as("less than the cap").isLessThan(AnswerBody.CAP_BYTES);
        RawServer server = new RawServer(
                vertx,
                (socket, request) -> socket.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + bomb.size() + "\r\n\r\n")
                        .onSuccess(head -> socket.write(Buffer.buffer(bomb.toByteArray()))));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, ""));
            assertThat(sender.send()).isEqualTo(new Answered(200, ""));
        }
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests().get(0)).doesNotContainIgnoringCase("accept-encoding");
    }

    @Test
    void an_endless_compressed_answer_is_cut_off(Vertx vertx) {
        String chunk = "4000\r\n" + "\0".repeat(0x4000) + "\r\n";
        RawServer server = flooding(
                vertx, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n", chunk);
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Answered(200, ""));
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"})
    void a_flood_of_interim_answers_is_cut_off(String interim, Vertx vertx) {
        RawServer server = flooding(vertx, "", interim);
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Failed("malformed answer: more than 64 interim answers"));
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @Test
    void endless_headers_are_cut_off(Vertx vertx) {
        RawServer server = flooding(vertx, "HTTP/1.1 200 OK\r\n", "X-Filler: 0123456789\r\n");
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Failed("malformed answer: headers too long"));
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @Test
    void one_header_without_end_is_cut_off(Vertx vertx) {
        RawServer server = flooding(vertx, "HTTP/1.1 200 OK\r\nX-Filler: ", "0123456789");
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Failed("malformed answer: headers too long"));
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @Test
    void endless_trailers_are_cut_off(Vertx vertx) {
        RawServer server = flooding(
                vertx,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n",
                "X-Filler: 0123456789\r\n");
        assertThat(outcomeOf(vertx, server)).isInstanceOf(Failed.class);
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1\r\n", "zz\r\n", "ffffffffffffffff\r\n", "2\r\noki", " \r\n\r\n"})
    void an_invalid_chunk_is_a_malformed_answer(String chunk, Vertx vertx) {
        RawServer server =
                flooding(vertx, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk, "\r\nno chunk\r\n");
        assertThat(outcomeOf(vertx, server).describe()).startsWith("malformed answer: ");
    }

    @Test
    void a_chunk_that_announces_gigabytes_is_cut_off_at_the_cap(Vertx vertx) {
        RawServer server = flooding(
                vertx, "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "x".repeat(1 << 14));
        assertThat(outcomeOf(vertx, server)).isEqualTo(new Answered(500, "x".repeat(256)));
        assertThat(written.get()).isLessThan(20 << 20);
    }
}
