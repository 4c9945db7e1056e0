package io.cloudland.callback.admin;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.json.JsonObject;

/** What the API answers: an HTTP status and a JSON object. */
record Answer(int status, JsonObject body) {

    static Answer ok(JsonObject body) {
        return new Answer(200, body);
    }

    /**
     * A problem, in the one form that all of them have.
     *
     * @param code a stable name
     * @param message what is wrong and what to do
     */
    static Answer problem(int status, String code, String message) {
        return new Answer(
                status,
                new JsonObject().put("error", new JsonObject().put("code", code).put("message", message)));
    }

    static Answer notFound(String message) {
        return problem(404, "NOT_FOUND", message);
    }

    static Answer invalid(String message) {
        return problem(400, "INVALID_REQUEST", message);
    }

    /** What became of an operation that failed: 503 where asking again can help, 500 for a defect. */
    static Answer of(Throwable failure) {
        CallbackException ours = CallbackException.of(failure, "the request failed");
        boolean defect = ours.code() == ErrorCode.INTERNAL;
        int status = defect ? 500 : ours.code().retryable() ? 503 : 409;
        return problem(status, ours.code().name(), String.valueOf(ours.getMessage()));
    }
}
