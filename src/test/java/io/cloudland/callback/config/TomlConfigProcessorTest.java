package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.CallbackException;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The format {@code toml} works wherever vertx-config does. */
@ExtendWith(VertxExtension.class)
class TomlConfigProcessorTest {

    @TempDir
    Path directory;

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(Future<?> future) {
        Awaitility.await().until(future::isComplete);
        return future.cause();
    }

    private static ConfigStoreOptions toml(Path path) {
        return new ConfigStoreOptions()
                .setType("file")
                .setFormat("toml")
                .setConfig(new JsonObject().put("path", path.toString()));
    }

    private static ConfigStoreOptions json(JsonObject config) {
        return new ConfigStoreOptions().setType("json").setConfig(config);
    }

    @Test
    void the_service_loader_finds_it() {
        assertThat(ServiceLoader.load(ConfigProcessor.class))
                .anyMatch(processor -> processor.name().equals("toml"));
    }

    @Test
    void a_file_store_reads_toml(Vertx vertx) throws Exception {
        Path path = new ConfigFile(directory, "id = 9223372036854775807\n[server]\nport = 8080\n").path();
        ConfigRetriever retriever = ConfigRetriever.create(vertx, new ConfigRetrieverOptions().addStore(toml(path)));
        JsonObject config = await(retriever.getConfig());
        assertThat(config.getLong("id")).isEqualTo(Long.MAX_VALUE);
        assertThat(config.getJsonObject("server").getInteger("port")).isEqualTo(8080);
    }

    @Test
    void later_stores_override_single_keys_of_tables(Vertx vertx) throws Exception {
        Path path = new ConfigFile(directory, "[server]\nport = 8080\nhost = 'h'\nnames = [1, 2]\n").path();
        JsonObject override = new JsonObject("{\"server\": {\"port\": 9, \"names\": [3]}}");
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx, new ConfigRetrieverOptions().addStore(toml(path)).addStore(json(override)));
        assertThat(await(retriever.getConfig()))
                .isEqualTo(new JsonObject("{\"server\": {\"port\": 9, \"host\": \"h\", \"names\": [3]}}"));
    }

    @Test
    void the_default_config_path_takes_a_toml_file(Vertx vertx) throws Exception {
        Path path = new ConfigFile(directory, "[server]\nport = 8080\n").path();
        System.setProperty("vertx-config-path", path.toString());
        try {
            assertThat(await(ConfigRetriever.create(vertx).getConfig()).getJsonObject("server"))
                    .isEqualTo(new JsonObject().put("port", 8080L));
        } finally {
            System.clearProperty("vertx-config-path");
        }
    }

    @Test
    void a_change_is_seen_and_a_broken_file_changes_nothing(Vertx vertx) throws Exception {
        ConfigFile file = new ConfigFile(directory, "port = 1\n");
        ConfigRetriever retriever = ConfigRetriever.create(
                vertx, new ConfigRetrieverOptions().setScanPeriod(20).addStore(toml(file.path())));
        List<Object> ports = new CopyOnWriteArrayList<>();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        retriever.listen(change -> ports.add(change.getNewConfiguration().getValue("port")));
        retriever.configStream().exceptionHandler(failures::add);
        assertThat(await(retriever.getConfig()).getInteger("port")).isEqualTo(1);

        file.replace("port = \n");
        Awaitility.await().until(() -> !failures.isEmpty());
        assertThat(retriever.getCachedConfig().getInteger("port")).isEqualTo(1);
        file.replace("port = 2\n");
        Awaitility.await().until(() -> ports.contains(2L));
        await(retriever.close());
        assertThat(ports.get(ports.size() - 1)).isEqualTo(2L);
        assertThat(failures.get(0)).hasMessageContaining("config.toml:1:8 Unexpected end of line, expected a value");
    }

    @Test
    void every_syntax_error_is_told_with_its_place_and_without_content(Vertx vertx) {
        Future<JsonObject> result =
                new TomlConfigProcessor().process(vertx, null, Buffer.buffer("a = geheim\nb = 1\nb = 2\n"));
        assertThat(failure(result))
                .isInstanceOf(CallbackException.class)
                .hasMessageContainingAll(
                        "TOML:1:5 Unexpected text, expected a value",
                        "TOML:3:1 b previously defined at line 2, column 1")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void the_input_is_read_off_the_event_loop_and_answered_on_the_context(Vertx vertx) throws Exception {
        Future<Boolean> sameContext = Future.future(promise -> vertx.runOnContext(start -> {
            var context = Vertx.currentContext();
            new TomlConfigProcessor()
                    .process(vertx, new JsonObject(), Buffer.buffer("a = 1"))
                    .map(json -> Vertx.currentContext() == context)
                    .onComplete(promise);
        }));
        assertThat(await(sameContext)).isTrue();
    }

    @Test
    void the_projects_own_file_can_be_read_by_any_application(Vertx vertx) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("conf", "config.toml"));
        JsonObject config = await(new TomlConfigProcessor().process(vertx, new JsonObject(), Buffer.buffer(bytes)));
        assertThat(config.getJsonObject("callback").getInteger("workers")).isEqualTo(3);
    }
}
