package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code [callback.ingest.http]}. */
class HttpIngestConfigTest {

    private static final String TOKEN = "token = '0123456789abcdef'\n";

    @TempDir
    Path directory;

    private ConfigFile file(String table) {
        return new ConfigFile(directory, ConfigFile.MINIMAL + "[callback.ingest.http]\n" + table);
    }

    @Test
    void nothing_listens_by_default() {
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL)
                        .config()
                        .ingest()
                        .http())
                .isEmpty();
    }

    @Test
    void a_port_is_enough_and_opens_the_loopback_alone() {
        assertThat(file("port = 50051\n").config().ingest().http())
                .contains(new HttpIngestConfig(
                        "127.0.0.1",
                        50051,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        1 << 20,
                        1000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Path.of("data/callback/unaccepted.ndjson"),
                        64L << 20));
    }

    @Test
    void without_a_directory_of_the_store_the_file_has_one_of_its_own() {
        String memory = ConfigFile.MINIMAL + "prefix = 'b'\n[callback.store]\ntype = 'memory'\n"
                + "[callback.ingest.http]\nport = 1\n";
        assertThat(new ConfigFile(directory, memory).config().ingest().http())
                .map(HttpIngestConfig::unacceptedFile)
                .contains(Path.of("data/b/unaccepted.ndjson"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "localhost"})
    void a_loopback_address_needs_no_token(String host) {
        assertThat(file("port = 1\nhost = '" + host + "'\n").config().ingest().http())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "cloud.example", "1270.0.0.1", "127.evil.example", "::11"})
    void any_other_needs_a_token_or_certificates(String host) {
        String table = "port = 1\nhost = '" + host + "'\n";
        assertThat(file(table).problems())
                .singleElement()
                .asString()
                .contains("callback.ingest.http.host", "set callback.ingest.http.token or", "127.0.0.1");
        LoadedConfig withToken = file(table + TOKEN).load();
        assertThat(withToken.config().ingest().http())
                .map(HttpIngestConfig::tokens)
                .contains(List.of(new Secret("0123456789abcdef")));
        assertThat(withToken.warnings()).singleElement().asString().contains("travels readable");
    }

    @Test
    void certificates_are_as_good_as_a_token_and_need_our_own() throws Exception {
        TestAuthority authority = new TestAuthority("Test Authority");
        String trust = "tls_trust_store = '" + authority.trustFile(directory, ".pem") + "'\n";
        String key =
                "tls_key_store = '" + TestAuthority.keyFile(directory, ".pem", authority.issue("localhost")) + "'\n";
        String open = "port = 1\nhost = '0.0.0.0'\n";
        assertThat(file(open + trust).problems())
                .singleElement()
                .asString()
                .contains("needs callback.ingest.http.tls_key_store");
        assertThat(file(open + trust + key).load().warnings()).isEmpty();
        assertThat(file(open + key).problems()).singleElement().asString().contains("lets everybody");
    }

    @Test
    void a_token_guards_no_proxy() {
        String table = "port = 1\nupstream = 'http://127.0.0.1:50050'\n" + TOKEN;
        assertThat(file(table + "host = '0.0.0.0'\n").problems())
                .singleElement()
                .asString()
                .contains("set callback.ingest.http.tls_trust_store");
        LoadedConfig local = file(table).load();
        assertThat(local.warnings()).singleElement().asString().contains("token does nothing with");
        assertThat(local.config().ingest().http())
                .flatMap(HttpIngestConfig::upstream)
                .contains(URI.create("http://127.0.0.1:50050"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://b:1", "http://b", "http://b:1/x", "http://u@b:1", "http://b:0", "b:1", "http://b:1?x"})
    void an_upstream_is_a_host_and_a_port(String upstream) {
        assertThat(file("port = 1\nupstream = '" + upstream + "'\n").problems())
                .singleElement()
                .asString()
                .contains("callback.ingest.http.upstream must be http://host:port");
    }

    @Test
    void an_upstream_that_is_the_service_itself_is_refused() {
        assertThat(file("port = 50050\nupstream = 'http://127.0.0.1:50050'\n").problems())
                .singleElement()
                .asString()
                .contains("is this service itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a blank in it, too long", "0123456789abcde\u00e4"})
    void a_token_is_long_enough_and_plain_and_never_shown(String token) {
        assertThat(file("port = 1\ntoken = '" + token + "'\n").problems())
                .singleElement()
                .asString()
                .contains("callback.ingest.http.token must be 16 to 256")
                .doesNotContain(token);
    }

    @Test
    void what_stands_beside_no_port_is_told_to_do_nothing() {
        assertThat(file("max_batch = 7\n").load().warnings())
                .singleElement()
                .asString()
                .contains("max_batch does nothing without callback.ingest.http.port");
    }
}
