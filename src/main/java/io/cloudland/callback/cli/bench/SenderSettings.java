package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;

/**
 * What a sender process is told at its start.
 *
 * @param port the sink's
 * @param pending how many of the service's events may be on their way to the sink
 * @param verticle the name of the verticle that is the service; the bare loop has none
 */
record SenderSettings(
        int port, String verticle, int inFlight, int workers, int resources, int pending, LogLevel logLevel) {

    static final int QUEUE_SIZE = 10_000;

    /** Commands of the closed loop that may wait for the reply which says that they are kept. */
    static final int UNANSWERED = 256;

    static SenderSettings ofJson(JsonObject json) {
        return new SenderSettings(
                json.getInteger("port"),
                json.getString("verticle"),
                json.getInteger("in_flight"),
                json.getInteger("workers"),
                json.getInteger("resources"),
                json.getInteger("pending"),
                LogLevel.valueOf(json.getString("log_level")));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("port", port)
                .put("verticle", verticle)
                .put("in_flight", inFlight)
                .put("workers", workers)
                .put("resources", resources)
                .put("pending", pending)
                .put("log_level", logLevel.name());
    }

    /** The service's configuration, as a host passes it. */
    JsonObject serviceConfig() {
        JsonObject callback = new JsonObject()
                .put("enabled", true)
                .put("url", "http://127.0.0.1:" + port + "/callback")
                .put("queue_size", QUEUE_SIZE)
                .put("workers", workers)
                .put("max_in_flight", inFlight)
                .put("store", new JsonObject().put("type", "memory"));
        return new JsonObject().put("callback", callback);
    }
}
