package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.TimedOut;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.ProxyServer.Kind;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that is spoken to in TLS. */
@ExtendWith(VertxExtension.class)
class TlsProxyTest {

    private static final HostResolver NOBODY_ASKS =
            name -> Future.failedFuture(new AssertionError("the proxy resolves " + name));
    private static final String HTTPS_URL = "https://hooks.example:8443/hook";
    private static final String HTTP_URL = "http://hooks.example/hook";

    private final TestAuthority authority = new TestAuthority("Test Authority");

    @TempDir
    Path directory;

    private Endpoint endpoint(String url, String host, int port, Optional<String> user, Duration timeout) {
        ProxyServer proxy = new ProxyServer(Kind.HTTPS, host, port, user, user.map(known -> new Secret("geheim")));
        TlsOptions tls = TestAuthority.trusting(authority.trustFile(directory, ".pem"));
        return Deliveries.endpoint(url, timeout, false, Connections.through(proxy, tls));
    }

    private SenderUnderTest sender(Vertx vertx, String url, String host, int port, Optional<String> user) {
        return new SenderUnderTest(vertx, endpoint(url, host, port, user, Deliveries.LONG_ENOUGH), 2, NOBODY_ASKS);
    }

    private RawServer tlsServer(Vertx vertx, String name, RawServer.Answer answer) {
        return new RawServer(vertx, TestAuthority.server(authority.issue(name)), "127.0.0.1", answer);
    }

    private TunnelProxy tlsProxy(Vertx vertx, String name, int goal, Optional<String> credentials) {
        return new TunnelProxy(vertx, TestAuthority.server(authority.issue(name)), goal, credentials);
    }

    @Test
    void an_https_endpoint_is_reached_through_a_tunnel_inside_the_proxy_s_tls(Vertx vertx) {
        RawServer server = tlsServer(vertx, "hooks.example", RawServer.always(RawServer.OK));
        TunnelProxy proxy = tlsProxy(vertx, "127.0.0.1", server.port(), Optional.of("cloudland:geheim"));
        try (SenderUnderTest sender = sender(vertx, HTTPS_URL, "127.0.0.1", proxy.port(), Optional.of("cloudland"))) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(resultOf(sender.sendInTurn(20))).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(proxy.targets()).as("the tunnel is kept").containsExactly("hooks.example:8443");
        assertThat(server.requests()).hasSize(21);
        await().until(() -> server.open() == 0);
    }

    @Test
    void an_http_endpoint_is_asked_for_by_its_name_inside_the_proxy_s_tls(Vertx vertx) {
        RawServer proxy = tlsServer(vertx, "localhost", RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = sender(vertx, HTTP_URL, "localhost", proxy.port(), Optional.of("cloudland"))) {
            assertThat(resultOf(sender.sendInTurn(5))).isEqualTo(new Answered(200, "ok"));
        }
        String basic = Base64.getEncoder().encodeToString("cloudland:geheim".getBytes(StandardCharsets.UTF_8));
        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(proxy.requests())
                .hasSize(5)
                .allSatisfy(request -> assertThat(request)
                        .startsWith("POST http://hooks.example/hook HTTP/1.1\r\n")
                        .containsIgnoringCase("proxy-authorization: Basic " + basic));
    }

    @Test
    void a_proxy_whose_certificate_has_another_name_is_not_spoken_to(Vertx vertx) {
        RawServer proxy = tlsServer(vertx, "proxy.example", RawServer.always(RawServer.OK));
        for (String url : new String[] {HTTPS_URL, HTTP_URL}) {
            try (SenderUnderTest sender = sender(vertx, url, "localhost", proxy.port(), Optional.of("cloudland"))) {
                assertThat(sender.send().describe())
                        .isEqualTo("proxy: TLS: No subject alternative DNS name matching localhost found.");
            }
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void a_proxy_of_an_authority_that_nobody_trusts_is_not_spoken_to_whatever_is_skipped_for_the_receiver(Vertx vertx) {
        TestAuthority nobody = new TestAuthority("Nobody knows it");
        RawServer proxy = new RawServer(
                vertx, TestAuthority.server(nobody.issue("127.0.0.1")), "127.0.0.1", RawServer.always(RawServer.OK));
        ProxyServer through =
                new ProxyServer(Kind.HTTPS, "127.0.0.1", proxy.port(), Optional.empty(), Optional.empty());
        Endpoint skipping = Deliveries.endpoint(
                HTTP_URL, Deliveries.LONG_ENOUGH, true, Connections.through(through, TlsOptions.DEFAULT));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, skipping, 2, NOBODY_ASKS)) {
            assertThat(sender.send().describe()).startsWith("proxy: TLS: ");
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void a_proxy_that_is_not_there_or_speaks_no_tls_is_named(Vertx vertx) {
        NetServer plain = resultOf(vertx.createNetServer()
                .connectHandler(
                        socket -> socket.handler(hello -> socket.end(Buffer.buffer("HTTP/1.1 400 What\r\n\r\n"))))
                .listen(0, "127.0.0.1"));
        for (String url : new String[] {HTTPS_URL, HTTP_URL}) {
            try (SenderUnderTest sender = sender(vertx, url, "127.0.0.1", 1, Optional.empty())) {
                assertThat(sender.send().describe()).isEqualTo("proxy: connection refused");
            }
            try (SenderUnderTest sender = sender(vertx, url, "127.0.0.1", plain.actualPort(), Optional.empty())) {
                assertThat(sender.send().describe()).isEqualTo("proxy: TLS: the proxy does not speak TLS");
            }
        }
    }

    @Test
    void a_proxy_that_refuses_us_is_named_without_the_password(Vertx vertx) {
        TunnelProxy proxy = tlsProxy(vertx, "127.0.0.1", 1, Optional.of("cloudland:other"));
        try (SenderUnderTest sender = sender(vertx, HTTPS_URL, "127.0.0.1", proxy.port(), Optional.of("cloudland"))) {
            assertThat(sender.send().describe())
                    .startsWith("proxy: status: 407")
                    .doesNotContain("geheim");
        }
    }

    @Test
    void a_large_answer_that_ends_with_its_connection_comes_through_whole_up_to_the_cap(Vertx vertx) {
        String body = "x".repeat(AnswerBody.CAP_BYTES - 1);
        RawServer proxy = tlsServer(
                vertx,
                "127.0.0.1",
                (socket, request) -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)));
        try (SenderUnderTest sender = sender(vertx, HTTP_URL, "127.0.0.1", proxy.port(), Optional.empty())) {
            for (int i = 0; i < 10; i++) {
                assertThat(sender.send()).isEqualTo(new Answered(200, "x".repeat(AnswerBody.EXCERPT_CHARS)));
            }
        }
        await().until(() -> proxy.open() == 0);
    }

    @Test
    void a_proxy_that_never_answers_costs_no_more_than_the_deadline_and_no_connection_is_left(Vertx vertx) {
        Duration deadline = Duration.ofMillis(300);
        RawServer proxy = tlsServer(vertx, "127.0.0.1", (socket, request) -> {});
        Endpoint endpoint = endpoint(HTTP_URL, "127.0.0.1", proxy.port(), Optional.empty(), deadline);
        try (SenderUnderTest sender = new SenderUnderTest(vertx, endpoint, 1, NOBODY_ASKS)) {
            assertThat(sender.send()).isEqualTo(new TimedOut(deadline));
            await().until(() -> proxy.open() == 0);
        }
    }

    @Test
    void nobody_else_on_the_machine_gets_through_the_relay(Vertx vertx) throws Exception {
        TunnelProxy proxy = tlsProxy(vertx, "127.0.0.1", 1, Optional.empty());
        Endpoint endpoint = endpoint(HTTPS_URL, "127.0.0.1", proxy.port(), Optional.empty(), Deliveries.LONG_ENOUGH);
        ProxyRelay relay = new ProxyRelay(
                vertx,
                endpoint,
                endpoint.connection().proxy().orElseThrow(),
                1_000,
                new io.cloudland.callback.time.VertxTimers(vertx));
        int port = resultOf(relay.open()).getPort();
        String guess = RelayedHead.credentials("cloudland-callback", "guess");
        for (String header : new String[] {"", "Proxy-Authorization: " + guess + "\r\n", "Proxy-Authorization:\r\n"}) {
            NetSocket stranger = resultOf(vertx.createNetClient().connect(port, "127.0.0.1"));
            Promise<Void> closed = Promise.promise();
            stranger.closeHandler(closed::complete);
            stranger.write("CONNECT hooks.example:443 HTTP/1.1\r\n" + header + "\r\n");
            resultOf(closed.future());
        }
        assertThat(proxy.targets()).isEmpty();
        resultOf(relay.close());
    }

    @Test
    void a_forbidden_address_is_not_asked_for(Vertx vertx) {
        RawServer proxy = tlsServer(vertx, "127.0.0.1", RawServer.always(RawServer.OK));
        try (SenderUnderTest sender =
                sender(vertx, "http://169.254.169.254/", "127.0.0.1", proxy.port(), Optional.empty())) {
            assertThat(sender.send().describe()).startsWith("address refused: ");
        }
        assertThat(proxy.connections()).isZero();
    }
}
