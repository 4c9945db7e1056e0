package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.ProxyServer.Kind;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class ProxyTest {

    private static final HostResolver NOBODY_ASKS =
            name -> Future.failedFuture(new AssertionError("the proxy resolves " + name));

    private final TestAuthority authority = new TestAuthority("Test Authority");

    @TempDir
    Path directory;

    private SenderUnderTest sender(Vertx vertx, String url, Kind kind, int port, Optional<Secret> password) {
        ProxyServer proxy = new ProxyServer(kind, "127.0.0.1", port, password.map(known -> "cloudland"), password);
        TlsOptions tls = TestAuthority.trusting(authority.trustFile(directory, ".pem"));
        ConnectionOptions through = Connections.through(proxy, tls);
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, through), 2, NOBODY_ASKS);
    }

    private RawServer tlsServer(Vertx vertx) {
        return new RawServer(
                vertx,
                TestAuthority.server(authority.issue("hooks.example")),
                "127.0.0.1",
                RawServer.always(RawServer.OK));
    }

    @Test
    void an_http_endpoint_is_asked_for_through_the_proxy_by_its_name(Vertx vertx) {
        RawServer proxy = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = sender(
                vertx, "http://hooks.example/hook", Kind.HTTP, proxy.port(), Optional.of(new Secret("geheim")))) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        String basic = Base64.getEncoder().encodeToString("cloudland:geheim".getBytes(StandardCharsets.UTF_8));
        assertThat(proxy.requests().get(0))
                .startsWith("POST http://hooks.example/hook HTTP/1.1\r\n")
                .containsIgnoringCase("proxy-authorization: Basic " + basic);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "HTTPS")
    void an_https_endpoint_is_reached_through_a_tunnel_that_sees_its_name_alone(Kind kind, Vertx vertx) {
        RawServer server = tlsServer(vertx);
        TunnelProxy proxy = new TunnelProxy(vertx, server.port(), Optional.of("cloudland:geheim"));
        String url = "https://hooks.example:8443/hook";
        try (SenderUnderTest sender = sender(vertx, url, kind, proxy.port(), Optional.of(new Secret("geheim")))) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(proxy.targets()).containsExactly("hooks.example:8443");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "HTTPS")
    void the_proxy_is_asked_for_the_host_of_the_url_where_tls_has_another_name(Kind kind, Vertx vertx) {
        RawServer server = tlsServer(vertx);
        TunnelProxy proxy = new TunnelProxy(vertx, server.port(), Optional.of("cloudland:geheim"));
        ProxyServer through = new ProxyServer(
                kind, "127.0.0.1", proxy.port(), Optional.of("cloudland"), Optional.of(new Secret("geheim")));
        TlsOptions tls = TestAuthority.naming("hooks.example", authority.trustFile(directory, ".pem"));
        Endpoint endpoint = Deliveries.endpoint("https://gateway.example:8443/hook", Connections.through(through, tls));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, endpoint, 2, NOBODY_ASKS)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(proxy.targets()).containsExactly("gateway.example:8443");
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\nhost: gateway.example:8443\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS5, [2606:4700::1], address 2606:4700::1:8443",
        "SOCKS5, 93.184.216.34, address 93.184.216.34:8443",
        "HTTP, [2606:4700::1], [2606:4700::1]:8443",
    })
    void an_address_in_the_url_is_asked_for_as_the_proxy_takes_addresses(
            Kind kind, String host, String asked, Vertx vertx) {
        RawServer server = tlsServer(vertx);
        TunnelProxy proxy = new TunnelProxy(vertx, server.port(), Optional.of("cloudland:geheim"));
        ProxyServer through = new ProxyServer(
                kind, "127.0.0.1", proxy.port(), Optional.of("cloudland"), Optional.of(new Secret("geheim")));
        TlsOptions tls = TestAuthority.naming("hooks.example", authority.trustFile(directory, ".pem"));
        Endpoint endpoint = Deliveries.endpoint("https://" + host + ":8443/hook", Connections.through(through, tls));
        try (SenderUnderTest sender = new SenderUnderTest(vertx, endpoint, 2, NOBODY_ASKS)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(proxy.targets()).containsExactly(asked);
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\nhost: " + host + ":8443\r\n");
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "HTTPS")
    void a_proxy_that_refuses_us_is_named_without_the_password(Kind kind, Vertx vertx) {
        TunnelProxy proxy = new TunnelProxy(vertx, 1, Optional.of("cloudland:other"));
        String url = "https://hooks.example/hook";
        try (SenderUnderTest sender = sender(vertx, url, kind, proxy.port(), Optional.of(new Secret("geheim")))) {
            assertThat(sender.send().describe()).startsWith("proxy: ").doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://0xa9fea9fe/",
                "http://2852039166/",
                "http://metadata.google.internal/",
                "https://[fd00:ec2::254]/"
            })
    void a_proxy_is_not_asked_for_a_forbidden_address_or_the_name_of_a_metadata_service(String url, Vertx vertx) {
        RawServer proxy = new RawServer(vertx, RawServer.always(RawServer.OK));
        try (SenderUnderTest sender = sender(vertx, url, Kind.HTTP, proxy.port(), Optional.empty())) {
            assertThat(sender.send().describe()).startsWith("address refused: ");
        }
        assertThat(proxy.connections()).isZero();
    }
}
