package io.cloudland.callback;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration that a host hands to {@link CallbackVerticle}: the {@code [callback]} tree of the file, as JSON.
 *
 * <p>Every key of {@code docs/configuration.md} can be set with {@link #set}; the usual ones have setters of their own.
 * Nothing is checked here: the verticle checks all of it at its start and reports every problem at once.
 */
public final class CallbackOptions {

    private final JsonObject tree;

    /** Empty options: everything at its default, but {@code url} must be set. */
    public CallbackOptions() {
        this(new JsonObject());
    }

    /**
     * @param tree the content of {@code [callback]}, for example {@code {"url": "http://..."}}; copied
     */
    public CallbackOptions(JsonObject tree) {
        this.tree = tree.copy();
    }

    /** Where callbacks go: an absolute http or https URL. */
    public CallbackOptions setUrl(String url) {
        return set("url", url);
    }

    /** What every event bus address of this service starts with; {@code callback} by default. */
    public CallbackOptions setPrefix(String prefix) {
        return set("prefix", prefix);
    }

    /** How many delivery verticles run; 3 by default. */
    public CallbackOptions setWorkers(int workers) {
        return set("workers", workers);
    }

    /** How many deliveries may wait before commands are refused; 10,000 by default. */
    public CallbackOptions setQueueSize(int queueSize) {
        return set("queue_size", queueSize);
    }

    /** One deadline over connect, send and the whole response, in whole seconds; 30 s by default. */
    public CallbackOptions setTimeout(Duration timeout) {
        return set("timeout", timeout.toSeconds());
    }

    /** How many retries follow a failed first attempt; 3 by default. */
    public CallbackOptions setRetryMax(int retryMax) {
        return set("retry_max", retryMax);
    }

    /** The pause before each retry, in whole seconds; 5 s by default. */
    public CallbackOptions setRetryInterval(Duration retryInterval) {
        return set("retry_interval", retryInterval.toSeconds());
    }

    /** How many attempts may be under way at once, over all workers; 64 by default. */
    public CallbackOptions setMaxInFlight(int maxInFlight) {
        return set("max_in_flight", maxInFlight);
    }

    /** Adds an endpoint, for example {@code {"name": "billing", "url": "http://...", "timeout": 5}}. */
    public CallbackOptions addEndpoint(JsonObject endpoint) {
        JsonArray endpoints = tree.getJsonArray("endpoints", new JsonArray());
        return set("endpoints", endpoints.add(endpoint));
    }

    /** Lets the host answer lookups on an event bus address. */
    public CallbackOptions setLookupAddress(String address) {
        return set("lookup", new JsonObject().put("type", "event-bus").put("address", address));
    }

    /** The directory where events are kept until they are delivered; {@code data/<prefix>} by default. */
    public CallbackOptions setStorePath(Path directory) {
        return set("store", new JsonObject().put("type", "rocksdb").put("path", directory.toString()));
    }

    /** Keeps events in the heap: what is pending ends with the process. */
    public CallbackOptions setMemoryStore() {
        return set("store", new JsonObject().put("type", "memory"));
    }

    /** Sets any key of the tree, for example {@code set("ingest", new JsonObject().put("address", "commands"))}. */
    public CallbackOptions set(String key, Object value) {
        tree.put(key, value);
        return this;
    }

    /** The tree as a deployment's configuration: {@code {"callback": {...}}}. */
    public JsonObject toJson() {
        return new JsonObject().put("callback", tree.copy());
    }

    /** Deployment options that carry this configuration. */
    public DeploymentOptions toDeploymentOptions() {
        return new DeploymentOptions().setConfig(toJson());
    }
}
