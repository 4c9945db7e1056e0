package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A kept connection that the endpoint closes just as a request goes out on it. */
@ExtendWith(VertxExtension.class)
class StaleConnectionTest {

    /** Answers the first request of each connection, and treats the second as told. */
    private static RawServer answeringOnce(Vertx vertx, RawServer.Answer second) {
        Set<NetSocket> used = new HashSet<>();
        return new RawServer(vertx, (socket, request) -> {
            if (used.add(socket)) {
                socket.write(RawServer.OK);
            } else {
                second.to(socket, request);
            }
        });
    }

    @Test
    void the_request_goes_out_once_more_on_a_new_connection(Vertx vertx) {
        RawServer server = answeringOnce(vertx, (socket, request) -> socket.close());
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.requests()).hasSize(3);
        String[] repeated = server.requests().subList(1, 3).toArray(String[]::new);
        assertThat(repeated[1]).as("the very same request").isEqualTo(repeated[0]);
    }

    @Test
    void it_goes_out_once_more_and_not_twice(Vertx vertx) {
        boolean[] dead = new boolean[1];
        RawServer server = new RawServer(vertx, (socket, request) -> {
            if (dead[0]) {
                socket.close();
            } else {
                socket.write(RawServer.OK);
            }
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            dead[0] = true;
            assertThat(sender.send()).isEqualTo(new Failed("closed by the endpoint before it answered"));
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void it_does_not_go_out_once_more_where_the_node_may_not_send_any_more_by_then(Vertx vertx) {
        AtomicBoolean mayStart = new AtomicBoolean(true);
        RawServer server = answeringOnce(vertx, (socket, request) -> {
            mayStart.set(false);
            socket.close();
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), mayStart::get)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(AttemptSender.NOT_SENT);
            mayStart.set(true);
            assertThat(sender.send()).as("and its connection is not lost").isEqualTo(new Answered(200, "ok"));
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_new_connection_that_is_closed_is_a_failure_at_once(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> socket.close());
        try (SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            assertThat(sender.send()).isEqualTo(new Failed("closed by the endpoint before it answered"));
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void an_answer_that_has_begun_is_never_asked_for_again(Vertx vertx) {
        RawServer server = answeringOnce(
                vertx,
                (socket, request) -> socket.end(
                        io.vertx.core.buffer.Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Failed("closed by the endpoint in the middle of its answer"));
        }
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void the_second_try_has_what_is_left_of_the_deadline(Vertx vertx) {
        Duration deadline = Duration.ofMillis(400);
        RawServer[] server = new RawServer[1];
        server[0] = new RawServer(vertx, (socket, request) -> {
            switch (server[0].requests().size()) {
                case 1 -> socket.write(RawServer.OK);
                case 2 -> vertx.setTimer(200, later -> socket.close());
                default -> {} // Never answered.
            }
        });
        try (SenderUnderTest sender =
                new SenderUnderTest(vertx, Deliveries.endpoint(server[0].url(), deadline, false), 1)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            long started = System.nanoTime();
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(560));
        }
        assertThat(server[0].requests()).hasSize(3);
    }
}
