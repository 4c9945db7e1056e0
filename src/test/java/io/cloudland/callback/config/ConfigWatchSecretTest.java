package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.TestAuthority;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What changes in a file of a secret, of certificates or of keys is taken over like a change of the configuration. */
@ExtendWith(VertxExtension.class)
class ConfigWatchSecretTest {

    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
    private static final String BOTH = OLD + "whsec_dGhlLW5ldy1vbmUtb2YtdHdvLXNlY3JldHM=\n";
    private static final String TABLE = "[[callback.endpoints]]\nname = 'billing'\nurl = 'https://b.example/'\n";

    @TempDir
    Path directory;

    private final VirtualTimers timers = new VirtualTimers();
    private final List<LoadedConfig> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private ConfigWatch watch;

    private void watch(Vertx vertx, ConfigFile file) {
        SourceFiles read = new SourceFiles();
        watch = new ConfigWatch(vertx, timers, files -> counted(file, files), file.load(read), read, heard::add);
        watch.start();
        look(3);
        assertThat(loads).hasValue(0);
    }

    private LoadedConfig counted(ConfigFile file, SourceFiles files) {
        loads.incrementAndGet();
        return file.load(files);
    }

    @AfterEach
    void close() {
        watch.close();
    }

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

    private Endpoint lastHeard() {
        assertThat(heard).isNotEmpty();
        List<Endpoint> endpoints = heard.get(heard.size() - 1).config().endpoints();
        return endpoints.get(endpoints.size() - 1);
    }

    private String apiKey() {
        return lastHeard().apiKey().orElseThrow().value();
    }

    private ConfigFile withTable(String line) {
        return new ConfigFile(directory, "[callback]\n" + TABLE + line + "\n");
    }

    @Test
    void a_secret_added_to_the_file_of_a_variable_is_told(Vertx vertx) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), OLD);
        watch(
                vertx,
                new ConfigFile(directory, ConfigFile.MINIMAL).environment("CALLBACK_SECRET_FILE", secret.toString()));
        Files.writeString(secret, BOTH);
        look(2);
        List<SigningSecret> now = lastHeard().secrets();
        assertThat(now).hasSize(2);
        look(3);
        assertThat(heard).hasSize(1);
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_key_that_changes_in_the_file_that_a_table_names_is_told(Vertx vertx) throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "old\n");
        watch(vertx, withTable("api_key_file = '" + key + "'"));
        Files.writeString(key, "new\n");
        look(2);
        assertThat(apiKey()).isEqualTo("new");
    }

    /** The way of Kubernetes: the file is a link into a directory, which is a link that is swapped. */
    @Test
    void a_secret_behind_links_that_are_swapped_is_told(Vertx vertx) throws Exception {
        for (String version : List.of("old", "new")) {
            Files.writeString(
                    Files.createDirectory(directory.resolve(".." + version)).resolve("key"), version);
        }
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..old"));
        Path key = Files.createSymbolicLink(directory.resolve("key"), Path.of("..data", "key"));
        watch(vertx, withTable("api_key_file = '" + key + "'"));
        Path fresh = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..new"));
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        look(2);
        assertThat(apiKey()).isEqualTo("new");
    }

    @Test
    void a_file_that_a_wrong_configuration_names_is_watched_until_it_is_there(Vertx vertx) throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "old\n");
        ConfigFile file = withTable("api_key_file = '" + key + "'");
        watch(vertx, file);
        Path missing = directory.resolve("missing");
        file.replace("[callback]\n" + TABLE + "api_key_file = '" + missing + "'\n");
        look(4);
        assertThat(loads).as("a wrong state is loaded, and told, once").hasValue(1);
        assertThat(heard).isEmpty();
        Files.writeString(missing, "found\n");
        look(2);
        assertThat(apiKey()).isEqualTo("found");
        Files.writeString(key, "of nobody\n");
        look(3);
        assertThat(loads)
                .as("a file that nobody names any more is not looked at")
                .hasValue(2);
    }

    @Test
    void a_certificate_that_is_replaced_makes_the_endpoint_another_one(Vertx vertx) throws Exception {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path key = TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        ConfigFile file = withTable("tls_key_store = '" + key + "'");
        Endpoint before = file.config().endpoints().get(0);
        watch(vertx, file);

        Files.writeString(key, "half a fi");
        look(3);
        assertThat(heard).as("a broken file changes nothing").isEmpty();
        assertThat(loads).hasValue(1);

        TestAuthority.keyFile(directory, ".pem", authority.issue("cloudland"));
        look(2);
        assertThat(lastHeard().isServedLike(before)).isFalse();
        assertThat(lastHeard().withSecrets(List.of()).toString()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void an_authority_that_is_replaced_makes_the_endpoint_another_one(Vertx vertx) {
        Path trust = new TestAuthority("Test Authority").trustFile(directory, ".pem");
        ConfigFile file = new ConfigFile(directory, "[callback]\ntls_trust_store = '" + trust + "'\n" + TABLE);
        Endpoint before = file.config().endpoints().get(0);
        watch(vertx, file);
        new TestAuthority("Test Authority").trustFile(directory, ".pem");
        look(2);
        assertThat(lastHeard().isServedLike(before)).isFalse();
    }
}
