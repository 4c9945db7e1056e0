package io.cloudland.callback;

import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The whole service in one Vert.x, and a receiver that keeps account in another. */
abstract class DeployedCallback {

    final Vertx vertx = Vertx.vertx();
    final Vertx receiving = Vertx.vertx();
    final CallbackVerticle callback = new CallbackVerticle();
    final List<String> printed = new CopyOnWriteArrayList<>();
    Receiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = get(Receiver.start(receiving, ReceiverOptions.onFreePort().withPrinter(printed::add)));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(receiving.close());
    }

    static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    CallbackOptions options() {
        return new CallbackOptions()
                .setUrl(receiver.url())
                .setRetryInterval(Duration.ofSeconds(1))
                .setMemoryStore();
    }

    void deploy(CallbackOptions options) throws Exception {
        get(vertx.deployVerticle(callback, options.toDeploymentOptions()));
    }

    JsonObject send(JsonObject command) throws Exception {
        return get(vertx.eventBus()
                .<JsonObject>request("callback.commands", command)
                .map(Message::body));
    }

    static JsonObject line(String commandLine) {
        return new JsonObject().put("command", commandLine);
    }

    static JsonObject withSnapshot(String commandLine) {
        return line(commandLine)
                .put(
                        "resource",
                        new JsonObject()
                                .put("resource_uuid", "7d9f2f1e-2f7b-4d7a-9d1d-8f3c2b1a0e27")
                                .put(
                                        "metadata",
                                        new JsonObject()
                                                .put("hostname", "test-vm-127")
                                                .put("cpu", 2)));
    }
}
