package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.Secret;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that an operator or a log gets to see holds a secret. */
class ConfigSecretsTest {

    private static final String DATABASE = "[callback.lookup]\ntype = \"postgresql\"\nuri = \"postgresql://u@h/d\"\n";

    @TempDir
    Path directory;

    @Test
    void a_right_configuration_hides_its_secrets() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "geheim");
        LoadedConfig loaded = new ConfigFile(directory, ConfigFile.MINIMAL + "api_key = 'geheim'\n" + DATABASE)
                .environment("CALLBACK_API_KEY", "geheim")
                .environment("CALLBACK_LOOKUP_PASSWORD_FILE", secret.toString())
                .property("callback.api_key", "geheim")
                .host(new JsonObject().put("callback", new JsonObject().put("api_key", "geheim")))
                .load();
        assertThat(loaded.toString()).doesNotContain("geheim").contains("callback.lookup.password = \"***\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key = \"geheim geheim\"",
                "api_key = [\"geheim\"]",
                "apikey = \"geheim\"",
                "api_key = geheim",
                "api_key = \"geheim\" geheim",
                "api_key = \"geheim",
                "api_key = 'geheim\n'",
                "api_key = \"\\qgeheim\"",
                "api_key = \"\"\"geheim",
                "api_key = { geheim }",
                "api_key \"geheim\"",
                "api_key: geheim",
                "api_key = 'a'geheim'",
                "url = \"http://geheim@h/x\"\nworkers = 0",
                "prefix = \"http://u:geheim@h/x\"",
                "region = \"postgresql://u:geheim@h/x\\n\"",
                "[callback.lookup]\npassword = { geheim = 'geheim' }\nuri = \"postgresql://u:geheim@h/d\"",
                "[callback.lookup]\npasword = 'geheim'",
                "[callback.store]\npassword = 'geheim'",
            })
    void a_wrong_configuration_hides_its_secrets(String lines) {
        assertThat(new ConfigFile(directory, "[callback]\n" + lines + "\n").problems())
                .noneMatch(line -> line.contains("geheim"));
    }

    /** Such a mark is written by some editors, and seen by nobody. */
    @Test
    void a_byte_order_mark_is_no_part_of_a_secret() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "\uFEFFgeheim\r\n");
        ConfigFile file = new ConfigFile(
                        directory,
                        ConfigFile.MINIMAL + "proxy = 'http://u@proxy.example:3128'\n[[callback.endpoints]]\n"
                                + "name = 'billing'\nurl = 'http://b/'\napi_key_file = '" + secret + "'\n")
                .environment("CALLBACK_PROXY_PASSWORD_FILE", secret.toString());
        Endpoint billing = file.config().endpoints().get(1);
        assertThat(billing.apiKey()).contains(new Secret("geheim"));
        assertThat(billing.connection().proxy().orElseThrow().password()).contains(new Secret("geheim"));
    }

    @Test
    void a_wrong_secret_from_elsewhere_is_hidden() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "geheim\ngeheim\n");
        assertThat(new ConfigFile(directory, ConfigFile.MINIMAL)
                        .environment("CALLBACK_API_KEY_FILE", secret.toString())
                        .property("callback.api_key", "ge heim")
                        .host(new JsonObject().put("callback", new JsonObject().put("api_key", 77665544)))
                        .problems())
                .hasSize(3)
                .allMatch(line -> line.endsWith(", was ***"));
    }
}
