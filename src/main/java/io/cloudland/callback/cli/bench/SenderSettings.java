package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/**
 * What a sender process is told at its start.
 *
 * @param urls of the endpoints, one each; the first is that of {@code url}
 * @param pending how many of the service's events may be on their way to the sink
 * @param parkAfterFailures the option of that name; 0 is the service's own default
 * @param store the section {@code callback.store}
 * @param verticle the name of the verticle that is the service; the bare loop has none
 */
record SenderSettings(
        List<String> urls,
        String verticle,
        int inFlight,
        int workers,
        int resources,
        int pending,
        int parkAfterFailures,
        JsonObject store,
        LogLevel logLevel) {

    static final int QUEUE_SIZE = 10_000;

    private static final int UNBOUNDED = 100_000_000;

    /** Commands of the closed loop that may wait for the reply which says that they are kept. */
    static final int UNANSWERED = 256;

    static SenderSettings ofJson(JsonObject json) {
        return new SenderSettings(
                json.getJsonArray("urls").stream().map(String::valueOf).toList(),
                json.getString("verticle"),
                json.getInteger("in_flight"),
                json.getInteger("workers"),
                json.getInteger("resources"),
                json.getInteger("pending"),
                json.getInteger("park_after_failures"),
                json.getJsonObject("store"),
                LogLevel.valueOf(json.getString("log_level")));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("urls", new JsonArray(urls))
                .put("verticle", verticle)
                .put("in_flight", inFlight)
                .put("workers", workers)
                .put("resources", resources)
                .put("pending", pending)
                .put("park_after_failures", parkAfterFailures)
                .put("store", store)
                .put("log_level", logLevel.name());
    }

    /** The service's configuration, as a host passes it. */
    JsonObject serviceConfig() {
        JsonObject callback = new JsonObject()
                .put("enabled", true)
                .put("url", urls.get(0))
                .put("endpoints", endpoints())
                .put("queue_size", queueSize())
                .put("workers", workers)
                .put("max_in_flight", inFlight)
                .put("park_after_failures", parkAfterFailures)
                .put("store", store);
        return new JsonObject().put("callback", callback);
    }

    private JsonArray endpoints() {
        JsonArray endpoints = new JsonArray();
        for (String url : urls.subList(1, urls.size())) {
            String name = URI.create(url).getPath().substring(1).replace('/', '-');
            endpoints.add(new JsonObject().put("name", name).put("url", url));
        }
        return endpoints;
    }

    /** What is owed to an endpoint that takes nothing stays in the queue; it is not what is measured. */
    private int queueSize() {
        return urls.size() == 1 ? QUEUE_SIZE : UNBOUNDED;
    }
}
