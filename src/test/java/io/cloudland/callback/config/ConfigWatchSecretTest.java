package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A secret that changes in its own file is taken over like a change of the configuration. */
@ExtendWith(VertxExtension.class)
class ConfigWatchSecretTest {

    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
    private static final String BOTH = OLD + "whsec_dGhlLW5ldy1vbmUtb2YtdHdvLXNlY3JldHM=\n";

    private final VirtualTimers timers = new VirtualTimers();
    private final List<LoadedConfig> heard = new CopyOnWriteArrayList<>();

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            untilPlanned();
            timers.advance(Duration.ofSeconds(1));
        }
        untilPlanned();
    }

    private void untilPlanned() {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> timers.scheduled() == 1);
    }

    @Test
    void a_secret_added_to_its_file_is_told(@TempDir Path directory, Vertx vertx) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), OLD);
        Map<String, String> environment = Map.of("CALLBACK_SECRET_FILE", secret.toString());
        ConfigFile file =
                new ConfigFile(directory, ConfigFile.MINIMAL).environment("CALLBACK_SECRET_FILE", secret.toString());
        ConfigWatch watch = new ConfigWatch(
                vertx,
                timers,
                file.path(),
                ConfigLocation.secretFiles(environment),
                file::load,
                file.load(),
                heard::add);
        watch.start();
        look(3);
        assertThat(heard).isEmpty();

        Files.writeString(secret, BOTH);
        look(2);

        assertThat(heard)
                .singleElement()
                .satisfies(loaded ->
                        assertThat(loaded.config().endpoints().get(0).secrets()).hasSize(2));
        watch.close();
    }

    @Test
    void only_variables_of_secrets_name_such_files() {
        assertThat(ConfigLocation.secretFiles(Map.of(
                        "CALLBACK_API_KEY_FILE", "/run/a", "CALLBACK_URL_FILE", "/run/b", "CALLBACK_SECRET_FILE", " ")))
                .containsExactly(Path.of("/run/a"));
    }
}
