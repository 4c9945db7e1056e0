package io.cloudland.callback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChoiceTest {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    private Path directory;

    private ConfigChoice find(String conf) {
        return ConfigChoice.find(Optional.ofNullable(conf), new Surroundings(environment, properties, directory));
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void a_toml_file_becomes_the_path_that_the_verticle_reads() throws IOException {
        Path file = write("x.toml", "");
        assertThat(find("x.toml").file()).contains(file);
        assertThat(find("x.toml").forVerticle()).isEqualTo(new JsonObject().put("config-path", file.toString()));
    }

    @Test
    void a_json_text_is_passed_on() {
        String json = "{\"callback\": {\"url\": \"http://127.0.0.1/\"}}";
        assertThat(find(json).file()).isEmpty();
        assertThat(find(json).forVerticle()).isEqualTo(new JsonObject(json));
    }

    @Test
    void a_json_file_is_passed_on() throws IOException {
        write("x.json", "{\"callback\": {\"workers\": 2}}");
        assertThat(find("x.json").host()).isEqualTo(new JsonObject("{\"callback\": {\"workers\": 2}}"));
    }

    @Test
    void json_may_name_a_file_and_override_it() throws IOException {
        Path file = write("x.toml", "");
        ConfigChoice choice = find("{\"config-path\": \"x.toml\", \"callback\": {\"workers\": 2}}");
        assertThat(choice.file()).contains(file);
        assertThat(choice.host()).isEqualTo(new JsonObject("{\"callback\": {\"workers\": 2}}"));
    }

    @Test
    void without_conf_the_default_file_is_taken() throws IOException {
        Path file = write("conf/config.toml", "");
        assertThat(find(null).file()).contains(file);
    }

    @Test
    void property_and_environment_go_before_the_default_file() throws IOException {
        write("conf/config.toml", "");
        Path fromEnvironment = write("env.toml", "");
        environment.put("VERTX_CONFIG_PATH", "env.toml");
        assertThat(find(null).file()).contains(fromEnvironment);
        Path fromProperty = write("property.toml", "");
        properties.put("vertx-config-path", "property.toml");
        assertThat(find(null).file()).contains(fromProperty);
    }

    @Test
    void without_any_the_text_says_how() {
        assertThatThrownBy(() -> find(null))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("-conf FILE")
                .hasMessageContaining("conf/config.toml does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing.toml",
                "missing.json",
                "{",
                "{\"url\": \"http://127.0.0.1/\"}",
                "{\"callback\": 5}",
                "{\"config-path\": \"missing.toml\"}"
            })
    void what_cannot_be_used_is_a_configuration_error(String conf) {
        assertThatThrownBy(() -> find(conf))
                .isInstanceOf(CallbackException.class)
                .hasMessageContaining("CONFIG_INVALID");
    }

    private Map<String, String> cluster(Optional<String> members) {
        return ClusterDefaults.properties(new Surroundings(environment, properties, directory), "10.0.0.1", members);
    }

    @Test
    void hazelcast_reads_the_users_choice_then_the_file_then_the_jar() throws IOException {
        assertThat(cluster(Optional.empty()))
                .containsEntry(ClusterDefaults.PROPERTY, "classpath:io/cloudland/callback/cli/cluster.xml");
        Path file = write("conf/cluster.xml", "<x/>");
        assertThat(cluster(Optional.empty())).containsEntry(ClusterDefaults.PROPERTY, file.toString());
        properties.put(ClusterDefaults.PROPERTY, "mine.xml");
        assertThat(cluster(Optional.empty())).doesNotContainKey(ClusterDefaults.PROPERTY);
    }

    @Test
    void a_list_of_members_takes_the_file_that_asks_for_it() throws IOException {
        write("conf/cluster.xml", "<x/>");
        assertThat(cluster(Optional.of("10.0.0.1,10.0.0.2")))
                .containsEntry(ClusterDefaults.PROPERTY, "classpath:io/cloudland/callback/cli/cluster-members.xml")
                .containsEntry("cluster.host", "10.0.0.1")
                .containsEntry("cluster.members", "10.0.0.1,10.0.0.2");
        Path file = write("conf/cluster-members.xml", "<x/>");
        assertThat(cluster(Optional.of("10.0.0.1"))).containsEntry(ClusterDefaults.PROPERTY, file.toString());
    }
}
