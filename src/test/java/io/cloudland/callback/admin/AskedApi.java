package io.cloudland.callback.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks an API that has a control without a service. */
abstract class AskedApi {

    static final String NONE = "";
    final FakeControl control = new FakeControl();
    final Api api = new Api(control);

    Answer ask(String method, String path, Map<String, List<String>> query, String body) {
        return api.answer(method, "/api/v1/" + path, query, body).result();
    }

    /** Names and values in turn. */
    JsonObject get(String path, String... parameters) {
        return get(200, path, parameters);
    }

    JsonObject get(int status, String path, String... parameters) {
        Map<String, List<String>> query = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], List.of(parameters[i + 1]));
        }
        return withStatus(status, ask("GET", path, query, NONE));
    }

    JsonObject post(int status, String path, String body) {
        return withStatus(status, ask("POST", path, Map.of(), body));
    }

    static JsonObject withStatus(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body().encode()).isEqualTo(status);
        return answer.body();
    }

    static String message(JsonObject problem) {
        return problem.getJsonObject("error").getString("message");
    }

    static String code(JsonObject problem) {
        return problem.getJsonObject("error").getString("code");
    }
}
