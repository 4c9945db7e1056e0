package io.cloudland.callback.receiver;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Writes the receiver's JSON answers. */
final class Answers {

    private static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private Answers() {}

    static void json(HttpServerRequest request, int status, JsonObject body) {
        text(request, status, body.encode());
    }

    static void error(HttpServerRequest request, int status, String message) {
        json(request, status, new JsonObject().put("status", "error").put("message", message));
    }

    /** The answer to an event that was taken; written without a JSON object, as it is made by the thousand. */
    static void received(HttpServerRequest request, long count) {
        text(request, 200, "{\"status\":\"success\",\"message\":\"Event received\",\"count\":" + count + "}");
    }

    private static void text(HttpServerRequest request, int status, String json) {
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            response.setStatusCode(status).putHeader(CONTENT_TYPE, JSON).end(json);
        }
    }
}
