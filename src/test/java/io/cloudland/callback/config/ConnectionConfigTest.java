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
import java.security.MessageDigest;
import java.util.HexFormat;
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
                        new TlsOptions(
                                Optional.empty(), Optional.empty(), TlsOptions.Version.TLS_1_2, Optional.empty()),
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
        "https://cloud@proxy.example:3129, HTTPS,  proxy.example, 3129, cloud",
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
                "http://proxy.example:003128",
                "https://proxy.example",
                "https://cloudland:geheim@proxy.example:3128",
                "ftp://proxy.example:21",
                "proxy.example:3128",
                "http://proxy.example:3128/path",
                "http://proxy.example:3128?a=geheim",
                "socks4://proxy.example:1080",
                "none",
            })
    void what_is_no_proxy_is_refused_and_no_password_shown(String url) {
        assertThat(with("proxy = \"" + url + "\"").problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:3:9 callback.proxy must be http://user@host:port, https://")
                .doesNotContain("cloudland:geheim");
    }

    @Test
    void key_files_arrive_and_are_tried() throws Exception {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path trust = authority.trustFile(directory, ".p12");
        Path client = TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        ConfigFile file = with("tls_trust_store = \"" + trust + "\"\ntls_trust_store_password = \""
                + TestAuthority.PASSWORD + "\"\ntls_key_store = \"" + client + "\"\ntls_min_version = \"1.3\"\n");
        assertThat(connection(file).tls())
                .isEqualTo(new TlsOptions(
                        Optional.of(new TlsOptions.KeyFile(
                                trust, Optional.of(new Secret(TestAuthority.PASSWORD)), sha256(trust))),
                        Optional.of(new TlsOptions.KeyFile(client, Optional.empty(), sha256(client))),
                        TlsOptions.Version.TLS_1_3,
                        Optional.empty()));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
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

    private ConfigFile withEndpoint(String top, String table) {
        return with(top + "[[callback.endpoints]]\nname = \"billing\"\nurl = \"https://b/\"\n" + table);
    }

    private static ConnectionOptions billing(ConfigFile file) {
        return file.config().endpoints().get(1).connection();
    }

    @Test
    void an_endpoint_connects_as_the_top_says_but_for_what_its_table_says() {
        ConfigFile file = withEndpoint(
                "address_policy = \"public-only\"\nallow_networks = [\"10.0.0.0/8\"]\nhttp_version = \"2\"\n",
                "allow_networks = [\"10.1.0.0/16\"]\ntls_min_version = \"1.3\"\ntls_server_name = \"hooks.example\"\n");
        assertThat(connection(file))
                .isEqualTo(new ConnectionOptions(
                        new AddressRules(AddressRules.Base.PUBLIC_ONLY, List.of(Network.of("10.0.0.0/8")), List.of()),
                        TlsOptions.DEFAULT,
                        ConnectionOptions.Protocol.HTTP_2,
                        Optional.empty()));
        assertThat(billing(file))
                .isEqualTo(new ConnectionOptions(
                        new AddressRules(AddressRules.Base.PUBLIC_ONLY, List.of(Network.of("10.1.0.0/16")), List.of()),
                        new TlsOptions(
                                Optional.empty(),
                                Optional.empty(),
                                TlsOptions.Version.TLS_1_3,
                                Optional.of("hooks.example")),
                        ConnectionOptions.Protocol.HTTP_2,
                        Optional.empty()));
    }

    @Test
    void an_endpoint_goes_through_its_own_proxy_or_through_none_and_never_shows_it_the_password_of_another() {
        String top = "proxy = \"http://cloudland@proxy.example:3128\"\nproxy_password = \"geheim\"\n";
        assertThat(billing(withEndpoint(top, "")).proxy().orElseThrow().password())
                .contains(new Secret("geheim"));
        assertThat(billing(withEndpoint(top, "proxy = \"off\"\n")).proxy()).isEmpty();
        ConfigFile own = withEndpoint(top, "proxy = \"socks5://cloudland@other.example:1080\"\n");
        assertThat(billing(own).proxy())
                .contains(new ProxyServer(
                        ProxyServer.Kind.SOCKS5, "other.example", 1080, Optional.of("cloudland"), Optional.empty()));
        assertThat(own.report()).doesNotContain("callback.endpoints.billing.proxy_password");
    }

    @Test
    void the_passwords_of_an_endpoint_come_from_files() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), TestAuthority.PASSWORD + "\n");
        Path trust = new TestAuthority("Test Authority").trustFile(directory, ".p12");
        ConfigFile file = withEndpoint(
                "",
                "tls_trust_store = \"" + trust + "\"\ntls_trust_store_password_file = \"" + secret
                        + "\"\nproxy = \"http://cloudland@proxy.example:3128\"\nproxy_password_file = \"" + secret
                        + "\"\n");
        assertThat(billing(file).tls().trust().orElseThrow().password()).contains(new Secret(TestAuthority.PASSWORD));
        assertThat(billing(file).proxy().orElseThrow().password()).contains(new Secret(TestAuthority.PASSWORD));
        assertThat(file.report()).doesNotContain(TestAuthority.PASSWORD);
    }

    @Test
    void what_is_wrong_at_the_top_is_told_once_and_what_is_wrong_in_a_table_with_the_name_of_the_endpoint() {
        assertThat(withEndpoint("tls_trust_store = \"/nowhere/a.pem\"\n", "").problems())
                .hasSize(1);
        assertThat(withEndpoint("", "tls_key_store = \"/nowhere/a.pem\"\naddress_policy = \"listed-only\"\n")
                        .problems())
                .containsExactly(
                        "config.toml:6:17 callback.endpoints.billing.tls_key_store names \"/nowhere/a.pem\", which cannot"
                                + " be read: there is no such file",
                        "config.toml:7:18 callback.endpoints.billing.address_policy = \"listed-only\" takes"
                                + " callback.endpoints.billing.allow_networks, which is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "http://u:geheim@p:3128,     with no password inside (use proxy_password)",
    })
    void a_proxy_with_its_password_is_refused_for_an_endpoint_too_and_it_is_said_why(String url, String why) {
        assertThat(withEndpoint("", "proxy = \"" + url + "\"\n").problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:6:9 callback.endpoints.billing.proxy must be ")
                .contains(why)
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hooks.example.", "192.0.2.7", "::1", "-a.example", "hooks example", "https://a"})
    void what_is_no_name_of_a_server_is_refused(String name) {
        refused("tls_server_name = \"" + name + "\"", "callback.tls_server_name must be a name such as");
    }

    @Test
    void what_does_nothing_in_a_table_is_warned_of_with_the_name_of_the_endpoint() {
        ConfigFile plain = with("[[callback.endpoints]]\nname = \"plain\"\nurl = \"http://b/\"\n"
                + "tls_server_name = \"hooks.example\"\nproxy_password = \"geheim\"\n");
        assertThat(plain.warnings())
                .containsExactly(
                        "config.toml:7:18 callback.endpoints.plain.proxy_password does nothing without a user in"
                                + " callback.endpoints.plain.proxy",
                        "config.toml:6:19 callback.endpoints.plain.tls_server_name does nothing with an http url");
        assertThat(withEndpoint("http_version = \"2\"\n", "").warnings()).isEmpty();
        assertThat(withEndpoint("", "tls_insecure_skip_verify = true\n").warnings())
                .singleElement()
                .asString()
                .startsWith("config.toml:6:28 callback.endpoints.billing.tls_insecure_skip_verify = true: ");
    }

    @Test
    void authorities_do_nothing_where_no_certificate_is_checked_but_for_a_proxy_s_own() {
        Path trust = new TestAuthority("Test Authority").trustFile(directory, ".pem");
        String unchecked = "tls_insecure_skip_verify = true\ntls_trust_store = \"" + trust + "\"\n";
        assertThat(with(unchecked + "proxy = \"http://proxy.example:3128\"").warnings())
                .anyMatch(warning -> warning.contains("tls_trust_store does nothing"));
        assertThat(with(unchecked + "proxy = \"https://proxy.example:3128\"").warnings())
                .noneMatch(warning -> warning.contains("tls_trust_store does nothing"));
    }
}
