package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Samples;
import io.cloudland.callback.model.Secret;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** File, environment, system properties and host: the nearer source wins. */
class ConfigSourcesTest extends ConfigInAFile {

    @Test
    void the_nearer_source_wins() {
        ConfigFile file = below("workers = 4\n");
        assertThat(file.config().workers()).isEqualTo(4);
        assertThat(file.environment("CALLBACK_WORKERS", "5").config().workers()).isEqualTo(5);
        assertThat(file.property("callback.workers", "6").config().workers()).isEqualTo(6);
        JsonObject host = new JsonObject().put("callback", new JsonObject().put("workers", 7));
        assertThat(file.host(host).config().workers()).isEqualTo(7);
    }

    @Test
    void every_option_outside_commands_has_its_environment_variable() {
        ConfigFile file = file("").environment("CALLBACK_URL", "https://h/x")
                .environment("CALLBACK_ENABLED", "false")
                .environment("CALLBACK_STORE_MAX_DEAD_LETTERS", " 12 ")
                .environment("CALLBACK_LOOKUP_TYPE", "event-bus")
                .environment("CALLBACK_LOOKUP_TIMEOUT", "6")
                .environment("CALLBACK_INGEST_ADDRESS", "in");
        assertThat(file.config().enabled()).isFalse();
        assertThat(file.config().store().retention().maxDeadLetters()).isEqualTo(12);
        assertThat(file.config().lookup())
                .isEqualTo(new LookupConfig.EventBus("callback.lookup", Duration.ofSeconds(6), Duration.ofSeconds(1)));
        assertThat(file.config().ingest().address()).isEqualTo("in");
    }

    @Test
    void without_a_file_the_environment_is_enough() {
        LoadedConfig loaded =
                ConfigLoader.load(Optional.empty(), Map.of("CALLBACK_URL", "http://h:1/x"), Map.of(), new JsonObject());
        assertThat(loaded.config().endpoints()).containsExactly(Samples.endpoint("http://h:1/x"));
    }

    @Test
    void the_host_passes_the_same_tree_beside_its_own_keys() {
        JsonObject tree = new JsonObject("""
                {"mine": {"url": 1}, "callback": {"url": "http://h:1/x", "region": null,
                 "commands": {"x": {"resource_type": "image", "id_arg": 1, "action": "created"}}}}
                """);
        LoadedConfig loaded = ConfigLoader.load(Optional.empty(), Map.of(), Map.of(), tree);
        assertThat(loaded.config().commands()).containsOnlyKeys("x");
        assertThat(loaded.config().region()).isEmpty();
    }

    @Test
    void a_command_can_be_registered_by_system_properties() {
        assertThat(file(ConfigFile.MINIMAL)
                        .property("callback.commands.x.resource_type", "image")
                        .property("callback.commands.x.id_arg", "1")
                        .property("callback.commands.x.action", "created")
                        .config()
                        .commands())
                .containsOnlyKeys("x");
    }

    @Test
    void variables_that_others_set_are_ignored_and_empty_ones_set_nothing() {
        ConfigFile file = file(ConfigFile.MINIMAL)
                .environment("CALLBACK_SERVICE_HOST", "10.0.0.1")
                .environment("CALLBACK_PORT", "tcp://10.0.0.1:80")
                .environment("CALLBACK_WORKERS", "")
                .property("callback.prefix", "");
        assertThat(file.config()).isEqualTo(new ConfigFile(directory, ConfigFile.MINIMAL).config());
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void secrets_come_from_files() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "geheim\n");
        ConfigFile file = below(
                        "[callback.lookup]\ntype = \"postgresql\"\nuri = \"postgresql://cloudland@db/hypercube\"\n")
                .environment("CALLBACK_API_KEY_FILE", secret.toString())
                .environment("CALLBACK_LOOKUP_PASSWORD_FILE", secret.toString());
        assertThat(file.config().endpoints().get(0).apiKey()).contains(new Secret("geheim"));
        assertThat(((LookupConfig.PostgreSql) file.config().lookup()).password())
                .contains(new Secret("geheim"));
    }
}
