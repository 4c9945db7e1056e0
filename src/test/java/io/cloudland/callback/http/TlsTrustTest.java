package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.AttemptOutcome.Failed;
import io.cloudland.callback.model.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trust, client certificates, names and versions against a real TLS server with a real authority. */
@ExtendWith(VertxExtension.class)
class TlsTrustTest {

    private static final HostResolver LOOPBACK =
            name -> Future.succeededFuture(List.of(Connections.address("127.0.0.1")));

    private final TestAuthority authority = new TestAuthority("Test Authority");

    @TempDir
    Path directory;

    private static RawServer server(Vertx vertx, NetServerOptions options) {
        return new RawServer(vertx, options, "127.0.0.1", RawServer.always(RawServer.OK));
    }

    private RawServer server(Vertx vertx) {
        return server(vertx, TestAuthority.server(authority.issue("hooks.example")));
    }

    private static SenderUnderTest sender(Vertx vertx, RawServer server, TlsOptions tls) {
        String url = "https://hooks.example:" + server.port() + "/hook";
        return new SenderUnderTest(vertx, Deliveries.endpoint(url, Connections.with(tls)), 2, LOOPBACK);
    }

    private TlsOptions trusting() {
        return TestAuthority.trusting(authority.trustFile(directory, ".pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".pem", ".jks", ".p12"})
    void the_authority_of_the_trust_store_is_trusted(String ending, Vertx vertx) {
        RawServer server = server(vertx);
        TlsOptions tls = TestAuthority.trusting(authority.trustFile(directory, ending));
        try (SenderUnderTest sender = sender(vertx, server, tls)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
    }

    @Test
    void a_pinned_authority_makes_every_other_one_untrusted(Vertx vertx) {
        TestAuthority other = new TestAuthority("Another Authority");
        RawServer server = server(vertx, TestAuthority.server(other.issue("hooks.example")));
        try (SenderUnderTest sender = sender(vertx, server, trusting())) {
            assertThat(sender.send().describe()).startsWith("TLS: ");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_certificate_of_another_name_is_refused(Vertx vertx) {
        RawServer server = server(vertx, TestAuthority.server(authority.issue("other.example")));
        try (SenderUnderTest sender = sender(vertx, server, trusting())) {
            assertThat(sender.send().describe()).startsWith("TLS: ").contains("hooks.example");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void an_expired_certificate_is_refused(Vertx vertx) {
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        RawServer server = server(vertx, TestAuthority.server(authority.issue("hooks.example", yesterday)));
        try (SenderUnderTest sender = sender(vertx, server, trusting())) {
            assertThat(sender.send().describe()).startsWith("TLS: ");
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".pem", ".jks", ".p12"})
    void a_client_certificate_is_shown_to_who_asks_for_it(String ending, Vertx vertx) {
        NetServerOptions options = TestAuthority.server(authority.issue("hooks.example"));
        options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(authority.trusted());
        RawServer server = server(vertx, options);
        Path trust = authority.trustFile(directory, ".pem");
        Path client = TestAuthority.keyFile(directory, ending, authority.issue("cloudland"));
        try (SenderUnderTest sender = sender(vertx, server, TestAuthority.showing(trust, client))) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        try (SenderUnderTest sender = sender(vertx, server, TestAuthority.trusting(trust))) {
            assertThat(sender.send()).isInstanceOf(Failed.class);
        }
        assertThat(server.requests()).hasSize(1);
    }

    /** In PEM of old the key says in a line of its own that it is encrypted, which nobody here can read. */
    @Test
    void a_key_that_cannot_be_used_is_not_told_as_a_fault_of_the_endpoint(Vertx vertx) throws IOException {
        RawServer server = server(vertx);
        Path client = TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        String begin = "-----BEGIN PRIVATE KEY-----";
        Files.writeString(client, Files.readString(client).replace(begin, begin + "\nProc-Type: 4,ENCRYPTED"));
        TlsOptions tls = TestAuthority.showing(authority.trustFile(directory, ".pem"), client);
        try (SenderUnderTest sender = sender(vertx, server, tls)) {
            assertThat(sender.send().describe())
                    .startsWith("could not connect: ")
                    .doesNotContain("malformed");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void the_server_is_told_the_name_of_the_url_though_the_connection_goes_to_an_address(Vertx vertx) {
        List<String> names = new CopyOnWriteArrayList<>();
        KeyCertOptions shown = TestAuthority.shown(authority.issue("hooks.example"));
        NetServerOptions options =
                new NetServerOptions().setSsl(true).setSni(true).setKeyCertOptions(noting(shown, names));
        RawServer server = server(vertx, options);
        try (SenderUnderTest sender = sender(vertx, server, trusting())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(names).contains("hooks.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks.example", "backend"})
    void another_name_for_tls_is_asked_for_and_checked_while_the_host_header_stays_that_of_the_url(
            String name, Vertx vertx) {
        List<String> names = new CopyOnWriteArrayList<>();
        KeyCertOptions shown = TestAuthority.shown(authority.issue(name));
        NetServerOptions options =
                new NetServerOptions().setSsl(true).setSni(true).setKeyCertOptions(noting(shown, names));
        RawServer server = server(vertx, options);
        TlsOptions tls = TestAuthority.naming(name, authority.trustFile(directory, ".pem"));
        String url = "https://127.0.0.1:" + server.port() + "/hook";
        try (SenderUnderTest sender =
                new SenderUnderTest(vertx, Deliveries.endpoint(url, Connections.with(tls)), 2, LOOPBACK)) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
        assertThat(names).contains(name);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request).containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.port() + "\r\n"));
    }

    @Test
    void a_certificate_of_the_url_s_host_is_refused_where_another_name_is_wanted(Vertx vertx) {
        RawServer server = server(vertx);
        TlsOptions tls = TestAuthority.naming("other.example", authority.trustFile(directory, ".pem"));
        try (SenderUnderTest sender = sender(vertx, server, tls)) {
            assertThat(sender.send().describe()).startsWith("TLS: ").contains("other.example");
        }
        assertThat(server.requests()).isEmpty();
    }

    /** The same certificate, with a note of each name that is asked for. */
    private static KeyCertOptions noting(KeyCertOptions shown, List<String> names) {
        return new KeyCertOptions() {
            @Override
            public KeyCertOptions copy() {
                return this;
            }

            @Override
            public KeyManagerFactory getKeyManagerFactory(Vertx vertx) throws Exception {
                return shown.getKeyManagerFactory(vertx);
            }

            @Override
            public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) throws Exception {
                KeyManagerFactory factory = shown.getKeyManagerFactory(vertx);
                return name -> {
                    names.add(name);
                    return factory;
                };
            }
        };
    }

    @Test
    void an_older_version_than_the_least_is_not_spoken(Vertx vertx) {
        NetServerOptions options = TestAuthority.server(authority.issue("hooks.example"));
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
        RawServer server = server(vertx, options);
        Path trust = authority.trustFile(directory, ".pem");
        TlsOptions tls = TestAuthority.atLeast(TlsOptions.Version.TLS_1_3, trust);
        try (SenderUnderTest sender = sender(vertx, server, tls)) {
            assertThat(sender.send().describe()).startsWith("TLS: ");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void nothing_older_than_tls_1_2_is_spoken_by_default() {
        HttpClientOptions options = new HttpClientOptions();
        TlsSettings.apply(Deliveries.endpoint("https://hooks.example/"), options);
        assertThat(options.getEnabledSecureTransportProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void the_newer_versions_are_spoken_by_default(String version, Vertx vertx) {
        NetServerOptions options = TestAuthority.server(authority.issue("hooks.example"));
        options.setEnabledSecureTransportProtocols(Set.of(version));
        RawServer server = server(vertx, options);
        try (SenderUnderTest sender = sender(vertx, server, trusting())) {
            assertThat(sender.send()).isEqualTo(new Answered(200, "ok"));
        }
    }
}
