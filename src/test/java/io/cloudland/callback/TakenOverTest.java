package io.cloudland.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.ConfigLoader;
import io.cloudland.callback.model.Endpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakenOverTest {

    private static JsonObject billing() {
        return new JsonObject().put("name", "billing").put("url", "http://b/x");
    }

    private static JsonObject errorsOnly(JsonObject endpoint) {
        return endpoint.put("filter", new JsonObject().put("status", new JsonArray().add("error")));
    }

    private static CallbackConfig config(JsonObject... endpoints) {
        CallbackOptions options = new CallbackOptions().setUrl("http://d/x");
        for (JsonObject endpoint : endpoints) {
            options.addEndpoint(endpoint);
        }
        return ConfigLoader.load(Optional.empty(), Map.of(), Map.of(), options.toJson())
                .config();
    }

    @Test
    void a_changed_filter_is_taken_over_and_needs_no_restart() {
        CallbackConfig changed = config(errorsOnly(billing()));

        assertThat(TakenOver.filters(config(billing()).endpoints(), changed.endpoints()))
                .isEqualTo(changed.endpoints());
        assertThat(RestartNeeded.of(config(billing()), changed)).isEmpty();
    }

    @Test
    void everything_else_of_an_endpoint_waits_for_a_restart_and_says_so() {
        CallbackConfig running = config(billing());
        CallbackConfig changed = config(errorsOnly(billing().put("timeout", 5)));

        Endpoint taken =
                TakenOver.filters(running.endpoints(), changed.endpoints()).get(1);
        assertThat(taken.filter().status().wanted()).containsExactly("error");
        assertThat(taken.timeout()).hasSeconds(30);
        for (JsonObject other : new JsonObject[] {
            billing().put("timeout", 5),
            billing().put("enabled", false),
            billing().put("retry_backoff", "linear"),
            billing().put("headers", new JsonObject().put("X-A", "b")),
        }) {
            assertThat(RestartNeeded.of(running, config(other)))
                    .singleElement()
                    .asString()
                    .startsWith("an endpoint (");
        }
    }

    @Test
    void an_endpoint_that_comes_or_goes_waits_for_a_restart() {
        CallbackConfig one = config();
        CallbackConfig two = config(billing());

        assertThat(RestartNeeded.of(one, two)).hasSize(1);
        assertThat(TakenOver.filters(one.endpoints(), two.endpoints())).isEqualTo(one.endpoints());
        assertThat(RestartNeeded.of(two, one)).hasSize(1);
        assertThat(TakenOver.filters(two.endpoints(), one.endpoints())).isEqualTo(two.endpoints());
    }
}
