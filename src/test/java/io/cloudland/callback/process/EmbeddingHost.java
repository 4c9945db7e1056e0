package io.cloudland.callback.process;

import static org.awaitility.Awaitility.await;

import io.cloudland.callback.CallbackOptions;
import io.cloudland.callback.CallbackVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody's Vert.x application that embeds the service twice, from the thin jar. Started as a JVM of its own by a test. */
final class EmbeddingHost {

    private EmbeddingHost() {}

    /** Argument: where callbacks go. */
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        CallbackVerticle first = deploy(vertx, "first", args[0]);
        CallbackVerticle second = deploy(vertx, "second", args[0]);
        JsonObject command = new JsonObject()
                .put("command", "launch_vm.sh '127' 'running' '3' 'init'")
                .put("resource", new JsonObject().put("resource_uuid", "7d9f2f1e-2f7b-4d7a-9d1d-8f3c2b1a0e27"));

        JsonObject byService = get(first.service().submit(command));
        JsonObject byAddress = get(
                vertx.eventBus().<JsonObject>request("second.commands", command).map(message -> message.body()));

        System.out.println("REPLIES " + List.of(byService.getString("status"), byAddress.getString("status")));
        await().until(() -> delivered(first) + delivered(second) == 2);
        get(vertx.close());
        System.out.println("DELIVERED " + delivered(first) + " " + delivered(second));
    }

    private static long delivered(CallbackVerticle verticle) {
        return verticle.service().stats().store().delivered();
    }

    private static CallbackVerticle deploy(Vertx vertx, String prefix, String url) throws Exception {
        CallbackVerticle verticle = new CallbackVerticle();
        get(vertx.deployVerticle(
                verticle,
                new CallbackOptions()
                        .setUrl(url)
                        .setPrefix(prefix)
                        .setTimeout(Duration.ofSeconds(5))
                        .toDeploymentOptions()));
        return verticle;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
