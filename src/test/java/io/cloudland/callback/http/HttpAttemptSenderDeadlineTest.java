package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The deadline on real time, wherever an exchange can hang. */
@ExtendWith(VertxExtension.class)
class HttpAttemptSenderDeadlineTest {

    private static final Duration DEADLINE = Duration.ofMillis(300);

    private static SenderUnderTest sender(Vertx vertx, String url, int maxConnections) {
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, DEADLINE, false), maxConnections);
    }

    private static void timesOutInTime(SenderUnderTest sender) {
        long started = System.nanoTime();
        Future<AttemptOutcome> sent = sender.begin(Deliveries.delivery(), 1);
        assertThat(resultOf(sent)).isEqualTo(new TimedOut(DEADLINE));
        // A tenth over, and what a busy machine may add.
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(DEADLINE, Duration.ofMillis(330 + 120));
    }

    @Test
    void an_endpoint_that_never_answers_is_left_in_time(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = sender(vertx, server.url(), 4)) {
            timesOutInTime(sender);
            await().until(() -> server.open() == 0);
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void an_answer_that_drips_is_left_in_time(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            long drip = vertx.setPeriodic(50, tick -> socket.write("x"));
            socket.closeHandler(closed -> vertx.cancelTimer(drip));
        });
        try (SenderUnderTest sender = sender(vertx, server.url(), 4)) {
            timesOutInTime(sender);
        }
    }

    @Test
    void a_head_that_drips_is_left_in_time(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {
            socket.write("HTTP/1.1 200 OK\r\nX-Filler: ");
            long drip = vertx.setPeriodic(50, tick -> socket.write("x"));
            socket.closeHandler(closed -> vertx.cancelTimer(drip));
        });
        try (SenderUnderTest sender = sender(vertx, server.url(), 4)) {
            timesOutInTime(sender);
        }
    }

    @Test
    void endless_interim_answers_are_left_in_time(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {
            long drip = vertx.setPeriodic(50, tick -> socket.write("HTTP/1.1 100 Continue\r\n\r\n"));
            socket.closeHandler(closed -> vertx.cancelTimer(drip));
        });
        try (SenderUnderTest sender = sender(vertx, server.url(), 4)) {
            timesOutInTime(sender);
        }
    }

    @Test
    void waiting_for_a_connection_counts(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = sender(vertx, server.url(), 1)) {
            Future<AttemptOutcome> first = sender.begin(Deliveries.delivery(), 1);
            timesOutInTime(sender);
            assertThat(resultOf(first)).isEqualTo(new TimedOut(DEADLINE));
        }
    }

    @Test
    void a_tls_handshake_that_hangs_is_left_in_time_and_gives_its_place_back(Vertx vertx) {
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        try (SenderUnderTest sender = sender(vertx, "https://127.0.0.1:" + server.port() + "/", 1)) {
            // The first TLS connect of a JVM loads its classes on the event loop; that is not what is measured here.
            assertThat(sender.send()).isEqualTo(new TimedOut(DEADLINE));
            await().until(() -> server.open() == 0);
            timesOutInTime(sender);
            await().until(() -> server.open() == 0);
            timesOutInTime(sender);
        }
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void a_connection_that_is_not_accepted_is_left_in_time(Vertx vertx) throws IOException {
        // Nobody accepts, and once the backlog is full the system no longer completes a connect.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> backlog = fill(full);
            try (SenderUnderTest sender = sender(vertx, "http://127.0.0.1:" + full.getLocalPort() + "/", 1)) {
                timesOutInTime(sender);
            }
            for (SocketChannel waiting : backlog) {
                waiting.close();
            }
        }
    }

    private static List<SocketChannel> fill(ServerSocket server) throws IOException {
        List<SocketChannel> backlog = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SocketChannel waiting = SocketChannel.open();
            waiting.configureBlocking(false);
            waiting.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            backlog.add(waiting);
        }
        return backlog;
    }

    @Test
    void a_connection_that_comes_after_the_deadline_is_kept_for_the_next_attempt(Vertx vertx) {
        VirtualTimers time = new VirtualTimers();
        RawServer server = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1, time)) {
            Future<AttemptOutcome> late = sender.beginAndAtOnce(() -> time.advance(Deliveries.LONG_ENOUGH));
            assertThat(resultOf(late)).isEqualTo(new TimedOut(Deliveries.LONG_ENOUGH));

            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(time.scheduled()).isZero();
        }
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void an_endpoint_that_does_not_read_is_left_in_time_and_its_connection_closed(Vertx vertx) {
        int size = 64 << 20;
        Delivery large = Deliveries.delivery(new Payload("application/json", new byte[size]));
        AtomicLong received = new AtomicLong();
        AtomicBoolean closed = new AtomicBoolean();
        int port = resultOf(vertx.createNetServer()
                        .connectHandler(socket -> readLate(vertx, socket, received, closed))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        try (SenderUnderTest sender = sender(vertx, "http://127.0.0.1:" + port + "/", 1)) {
            assertThat(resultOf(sender.begin(large, 1))).isEqualTo(new TimedOut(DEADLINE));
            await().untilTrue(closed);
        }
        assertThat(received.get()).as("bytes of a request that was given up").isLessThan(size);
    }

    /** Reads only when the connection must have been closed for long. */
    private static void readLate(Vertx vertx, NetSocket socket, AtomicLong received, AtomicBoolean closed) {
        socket.pause();
        socket.exceptionHandler(broken -> {});
        socket.handler((Buffer piece) -> received.addAndGet(piece.length()));
        socket.closeHandler(end -> closed.set(true));
        vertx.setTimer(5 * DEADLINE.toMillis(), later -> socket.resume());
    }
}
