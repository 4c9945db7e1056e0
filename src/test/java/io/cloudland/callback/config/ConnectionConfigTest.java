package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.model.AddressRules;
import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.TlsOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are made, as it is configured. */
class ConnectionConfigTest {

    @TempDir
    Path directory;

    private ConfigFile with(String lines) {
        return new ConfigFile(directory, ConfigFile.MINIMAL + lines);
    }

    private static ConnectionOptions connection(ConfigFile file) {
        return file.config().endpoints().get(0).connection();
    }

    private void refused(String lines, String problem) {
        assertThat(with(lines).problems()).singleElement().asString().contains(problem);
    }

    @Test
    void what_nobody_sets_is_safe() {
        assertThat(connection(with("")))
                .isEqualTo(ConnectionOptions.DEFAULT)
                .isEqualTo(new ConnectionOptions(
                        new AddressRules(AddressRules.Base.NO_LINK_LOCAL, List.of(), List.of()),
                        new TlsOptions(Optional.empty(), Optional.empty(), TlsOptions.Version.TLS_1_2),
                        ConnectionOptions.Protocol.HTTP_1_1,
                        Optional.empty()));
    }

    @Test
    void policy_and_networks_arrive() {
        ConfigFile file = with("""
                address_policy = "public-only"
                allow_networks = ["10.0.0.0/8", "fd00:1::/32", "192.0.2.7"]
                deny_networks = ["10.1.0.0/16"]
                """);
        assertThat(connection(file).addresses())
                .isEqualTo(new AddressRules(
                        AddressRules.Base.PUBLIC_ONLY,
                        List.of(Network.of("10.0.0.0/8"), Network.of("fd00:1::/32"), Network.of("192.0.2.7/32")),
                        List.of(Network.of("10.1.0.0/16"))));
        assertThat(file.report())
                .contains("callback.allow_networks = [\"10.0.0.0/8\", \"fd00:1::/32\", \"192.0.2.7/32\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow-all", "no-link-local", "public-only"})
    void every_policy_has_its_name(String name) {
        assertThat(connection(with("address_policy = \"" + name + "\""))
                        .addresses()
                        .base()
                        .wireName())
                .isEqualTo(name);
    }

    @Test
    void the_environment_parts_networks_by_commas_and_a_host_gives_an_array() {
        List<Network> two = List.of(Network.of("10.0.0.0/8"), Network.of("fd00::/8"));
        ConfigFile environment = with("").environment("CALLBACK_DENY_NETWORKS", " 10.0.0.0/8 , fd00::/8 ");
        assertThat(connection(environment).addresses().deny()).isEqualTo(two);
        JsonArray array = new JsonArray().add("10.0.0.0/8").add("fd00::/8");
        ConfigFile host = with("").host(new JsonObject().put("callback", new JsonObject().put("deny_networks", array)));
        assertThat(connection(host).addresses().deny()).isEqualTo(two);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"\"",
                "[\"10.0.0.1/8\"]",
                "[\"10.0.0.0/33\"]",
                "[\"10.0.0.0/-1\"]",
                "[\"10.0.0.0/\"]",
                "[\"10.0/16\"]",
                "[\"010.0.0.0/8\"]",
                "[\"256.0.0.0/8\"]",
                "[\"fd00::/129\"]",
                "[\"fd00::1/64\"]",
                "[\"::g/128\"]",
                "[\"hooks.example\"]",
                "[\"10.0.0.0/8\", 7]",
                "[7]",
                "10",
            })
    void what_is_no_list_of_networks_is_refused(String value) {
        refused(
                "deny_networks = " + value,
                "config.toml:3:17 callback.deny_networks must be a list of networks such as");
    }

    @Test
    void listed_only_takes_a_list() {
        refused(
                "address_policy = \"listed-only\"",
                "config.toml:3:18 callback.address_policy = \"listed-only\" takes callback.allow_networks");
        assertThat(connection(with("address_policy = \"listed-only\"\nallow_networks = [\"10.0.0.0/8\"]"))
                        .addresses()
                        .base())
                .isEqualTo(AddressRules.Base.LISTED_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128,        HTTP,   proxy.example, 3128, ",
        "http://proxy.example:3128/,       HTTP,   proxy.example, 3128, ",
        "SOCKS5://cloud%40land@[::1]:1080, SOCKS5, ::1,           1080, cloud@land",
    })
    void a_proxy_is_taken_apart(String url, ProxyServer.Kind kind, String host, int port, String user) {
        assertThat(connection(with("proxy = \"" + url + "\"")).proxy())
                .contains(new ProxyServer(kind, host, port, Optional.ofNullable(user), Optional.empty()));
    }

    @Test
    void the_password_of_the_proxy_comes_from_a_file_and_is_never_shown() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "geheim\n");
        ConfigFile file = with("proxy = \"http://cloudland@proxy.example:3128\"")
                .environment("CALLBACK_PROXY_PASSWORD_FILE", secret.toString());
        assertThat(connection(file).proxy().orElseThrow().password()).contains(new Secret("geheim"));
        assertThat(file.report()).contains("callback.proxy_password = \"***\"").doesNotContain("geheim");
        assertThat(file.config().toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cloudland:geheim@proxy.example:3128",
                "http://proxy.example",
                "http://proxy.example:0",
                "https://proxy.example:3128",
                "ftp://proxy.example:21",
                "proxy.example:3128",
                "http://proxy.example:3128/path",
                "http://proxy.example:3128?a=geheim",
                "socks4://proxy.example:1080",
            })
    void what_is_no_proxy_is_refused_and_no_password_shown(String url) {
        assertThat(with("proxy = \"" + url + "\"").problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:9 callback.proxy must be http://user@host:port or socks5://")
                .doesNotContain("cloudland:geheim");
    }

    @Test
    void key_files_arrive_and_are_tried() {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path trust = authority.trustFile(directory, ".p12");
        Path client = TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        ConfigFile file = with("tls_trust_store = \"" + trust + "\"\ntls_trust_store_password = \""
                + TestAuthority.PASSWORD + "\"\ntls_key_store = \"" + client + "\"\ntls_min_version = \"1.3\"\n");
        assertThat(connection(file).tls())
                .isEqualTo(new TlsOptions(
                        Optional.of(new TlsOptions.KeyFile(trust, Optional.of(new Secret(TestAuthority.PASSWORD)))),
                        Optional.of(new TlsOptions.KeyFile(client, Optional.empty())),
                        TlsOptions.Version.TLS_1_3));
    }

    @ParameterizedTest
    @ValueSource(strings = {".p12", ".jks"})
    void a_store_that_the_password_does_not_open_is_told_of_before_the_start(String ending) {
        Path trust = new TestAuthority("Test Authority").trustFile(directory, ending);
        assertThat(with("tls_trust_store = \"" + trust + "\"\ntls_trust_store_password = \"falsch\"\n")
                        .problems())
                .singleElement()
                .asString()
                .endsWith("authority" + ending + "\", which the password does not open")
                .doesNotContain("falsch");
    }

    @Test
    void a_file_that_cannot_be_used_is_told_of_before_the_start() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        Path trust = new TestAuthority("Test Authority").trustFile(directory, ".pem");
        refused("tls_trust_store = \"/nowhere/a.pem\"", "which cannot be read: there is no such file");
        refused("tls_trust_store = \"" + empty + "\"", "which holds no certificate");
        refused("tls_key_store = \"" + trust + "\"", "which holds no key, or one that is locked");
        refused("tls_trust_store = \"a.txt\"", "must be the path of a file that ends in .pem");
        Files.writeString(directory.resolve("torn.jks"), "nothing\n");
        assertThat(with("tls_key_store = \"" + directory.resolve("torn.jks") + "\"")
                        .problems())
                .singleElement()
                .asString()
                .contains("callback.tls_key_store names ");
    }

    @Test
    void what_does_nothing_is_warned_of() {
        assertThat(with("http_version = \"2\"").warnings())
                .containsExactly(
                        "config.toml:3:16 callback.http_version = \"2\" does nothing with an http url: HTTP/2 is"
                                + " agreed on in TLS");
        assertThat(with("proxy_password = \"geheim\"").warnings())
                .containsExactly(
                        "config.toml:3:18 callback.proxy_password does nothing without a user in" + " callback.proxy");
        assertThat(with("tls_key_store_password = \"geheim\"").warnings())
                .containsExactly("config.toml:3:26 callback.tls_key_store_password does nothing without"
                        + " callback.tls_key_store");
    }

    @Test
    void a_strict_policy_behind_a_proxy_is_warned_of() {
        assertThat(with("address_policy = \"public-only\"\nproxy = \"http://proxy.example:3128\"")
                        .warnings())
                .singleElement()
                .asString()
                .contains("callback.address_policy checks addresses written in url alone");
    }
}
