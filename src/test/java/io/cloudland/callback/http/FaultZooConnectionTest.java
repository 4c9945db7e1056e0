package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.VirtualTimers;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of connections against every format: TLS, half-closes, kept connections that are closed, IPv6. */
@ExtendWith(VertxExtension.class)
class FaultZooConnectionTest {

    private static final HostResolver LOOPBACK =
            name -> Future.succeededFuture(List.of(Connections.address("127.0.0.1")));

    @TempDir
    Path directory;

    static Stream<String> formats() {
        return PayloadFormats.builtIn().names().stream();
    }

    private static Delivery delivery(String format) {
        return Deliveries.delivery(PayloadFormats.builtIn().byName(format).render(GoldenEvent.event()));
    }

    private static AttemptOutcome outcome(SenderUnderTest sender, String format) {
        return resultOf(sender.begin(delivery(format), 1));
    }

    /** Nothing of the request is told to a server whose certificate is wrong. */
    @ParameterizedTest
    @MethodSource("formats")
    void a_wrong_certificate_is_a_failure_before_a_byte_of_the_request_is_sent(String format, Vertx vertx) {
        TestAuthority authority = new TestAuthority("Test Authority");
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        X509Bundle selfSigned = new TestAuthority("Nobody knows it").issue("hooks.example");
        Path trust = authority.trustFile(directory, ".pem");
        for (X509Bundle wrong :
                List.of(selfSigned, authority.issue("hooks.example", yesterday), authority.issue("other.example"))) {
            RawServer server = tlsServer(vertx, wrong);
            try (SenderUnderTest sender = tlsSender(vertx, server, trust)) {
                assertThat(outcome(sender, format).describe()).startsWith("TLS: ");
                await().until(() -> server.open() == 0);
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_right_certificate_is_taken(String format, Vertx vertx) {
        TestAuthority authority = new TestAuthority("Test Authority");
        RawServer server = tlsServer(vertx, authority.issue("hooks.example"));
        try (SenderUnderTest sender = tlsSender(vertx, server, authority.trustFile(directory, ".pem"))) {
            assertThat(outcome(sender, format)).isEqualTo(new Answered(200, "ok"));
        }
        await().until(() -> server.open() == 0);
    }

    private static RawServer tlsServer(Vertx vertx, X509Bundle certificate) {
        return new RawServer(vertx, TestAuthority.server(certificate), "127.0.0.1", RawServer.always(RawServer.OK));
    }

    private static SenderUnderTest tlsSender(Vertx vertx, RawServer server, Path trust) {
        String url = "https://hooks.example:" + server.port() + "/hook";
        return new SenderUnderTest(
                vertx, Deliveries.endpoint(url, Connections.with(TestAuthority.trusting(trust))), 1, LOOPBACK);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void half_a_close_before_or_within_the_answer_is_a_failure_and_behind_it_the_end(String format, Vertx vertx)
            throws IOException {
        assertThat(halfClosed(vertx, "", format)).isEqualTo(new Failed("closed by the endpoint before it answered"));
        assertThat(halfClosed(vertx, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", format))
                .isEqualTo(new Failed("closed by the endpoint in the middle of its answer"));
        assertThat(halfClosed(vertx, "HTTP/1.1 200 OK\r\n\r\nok", format)).isEqualTo(new Answered(200, "ok"));
        assertThat(halfClosed(vertx, RawServer.OK, format)).isEqualTo(new Answered(200, "ok"));
    }

    /** The server says no more but still reads: a sender that does not close for itself would wait for ever. */
    private static AttemptOutcome halfClosed(Vertx vertx, String answer, String format) throws IOException {
        try (HalfClosingServer server = new HalfClosingServer(answer);
                SenderUnderTest sender = new SenderUnderTest(vertx, server.url())) {
            AttemptOutcome outcome = outcome(sender, format);
            await().until(server::sawTheEnd);
            return outcome;
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_kept_connection_closed_under_the_request_costs_no_attempt(String format, Vertx vertx) {
        Set<NetSocket> used = new HashSet<>();
        RawServer server = new RawServer(vertx, (socket, request) -> {
            if (used.add(socket)) {
                socket.write(RawServer.OK);
            } else {
                socket.close();
            }
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(server.url()), 1)) {
            assertThat(outcome(sender, format)).isEqualTo(new Answered(200, "ok"));
            assertThat(outcome(sender, format)).isEqualTo(new Answered(200, "ok"));
        }
        await().until(() -> server.open() == 0);
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(2))
                .as("once more, and the same")
                .isEqualTo(server.requests().get(1));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void an_endpoint_of_ipv6_is_delivered_to_and_its_faults_are_told(String format, Vertx vertx) {
        assumeTrue(hasIpv6(), "no IPv6 here");
        boolean[] ill = {true};
        RawServer server = new RawServer(vertx, new NetServerOptions(), "::1", (socket, request) -> {
            if (ill[0]) {
                socket.close();
            } else {
                socket.write(RawServer.OK);
            }
        });
        try (SenderUnderTest sender = new SenderUnderTest(vertx, "http://[::1]:" + server.port() + "/hook")) {
            assertThat(outcome(sender, format)).isEqualTo(new Failed("closed by the endpoint before it answered"));
            ill[0] = false;
            assertThat(outcome(sender, format)).isEqualTo(new Answered(200, "ok"));
        }
        await().until(() -> server.open() == 0);
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request).containsIgnoringCase("\r\nhost: [::1]:" + server.port()));
    }

    private static boolean hasIpv6() {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (SocketException | java.net.UnknownHostException none) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_tls_handshake_that_hangs_ends_at_the_deadline(String format, Vertx vertx) {
        VirtualTimers time = new VirtualTimers();
        RawServer server = new RawServer(vertx, (socket, request) -> {});
        String url = "https://127.0.0.1:" + server.port() + "/";
        try (SenderUnderTest sender = new SenderUnderTest(vertx, Deliveries.endpoint(url), 1, time)) {
            Future<AttemptOutcome> sent = sender.begin(delivery(format), 1);
            await().until(() -> server.open() == 1);
            sender.onLoop(() -> time.advance(Deliveries.LONG_ENOUGH.minus(Duration.ofMillis(1))));
            assertThat(sent.isComplete()).isFalse();
            sender.onLoop(() -> time.advance(Duration.ofMillis(1)));
            assertThat(resultOf(sent)).isEqualTo(new TimedOut(Deliveries.LONG_ENOUGH));
        }
        assertThat(server.requests()).isEmpty();
    }
}
