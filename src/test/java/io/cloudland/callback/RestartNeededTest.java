package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.ConfigLoader;
import io.cloudland.callback.http.TestAuthority;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartNeededTest {

    private static CallbackConfig config(CallbackOptions options) {
        return ConfigLoader.load(Optional.empty(), Map.of(), Map.of(), options.toJson())
                .config();
    }

    private static CallbackOptions options() {
        return new CallbackOptions().setUrl("http://d/x").setMemoryStore();
    }

    @Test
    void endpoints_and_workers_are_taken_over_while_running() {
        CallbackOptions changed = options()
                .setUrl("http://elsewhere/x")
                .setWorkers(7)
                .addEndpoint(new JsonObject()
                        .put("name", "billing")
                        .put("url", "http://b/x")
                        .put("timeout", 5));

        assertThat(RestartNeeded.of(config(options()), config(changed))).isEmpty();
    }

    @Test
    void what_the_service_was_built_on_waits_for_a_restart_and_is_named() {
        CallbackOptions changed = options().setQueueSize(7).setPrefix("other");

        assertThat(RestartNeeded.of(config(options()), config(changed))).contains("prefix", "queue_size");
    }

    @Test
    void a_certificate_of_our_own_listener_that_was_renewed_waits_for_a_restart_and_is_named(@TempDir Path directory) {
        TestAuthority authority = new TestAuthority("Test Authority");
        Path key = TestAuthority.keyFile(directory, ".pem", authority.issue("localhost"));
        CallbackOptions listening = options()
                .set(
                        "ingest",
                        new JsonObject()
                                .put("http", new JsonObject().put("port", 8443).put("tls_key_store", key.toString())));
        CallbackConfig before = config(listening);
        assertThat(RestartNeeded.of(before, config(listening))).isEmpty();
        TestAuthority.keyFile(directory, ".pem", authority.issue("localhost"));
        assertThat(RestartNeeded.of(before, config(listening))).containsExactly("[callback.ingest]");
    }
}
