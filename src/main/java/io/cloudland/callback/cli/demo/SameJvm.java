package io.cloudland.callback.cli.demo;

import io.cloudland.callback.receiver.Receiver;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** The service in the Vert.x of the demo, commanded and asking over its event bus. Nothing befalls it. */
final class SameJvm implements Stage {

    private static final String SERVICE = "io.cloudland.callback.CallbackVerticle";
    private static final String COMMANDS = "callback.commands";
    private static final String LOOKUP = "cloudland.lookup";

    private final Vertx vertx;
    private final SimulatedCloud cloud;

    SameJvm(Vertx vertx, SimulatedCloud cloud) {
        this.vertx = vertx;
        this.cloud = cloud;
    }

    @Override
    public String text() {
        return "The service";
    }

    @Override
    public Future<Void> open(Receiver receiver) {
        vertx.eventBus().<JsonObject>consumer(LOOKUP, question -> question.reply(cloud.answer(question.body())));
        JsonObject callback = new JsonObject()
                .put("url", receiver.url())
                .put("retry_interval", 1)
                .put("store", new JsonObject().put("type", "memory"))
                .put("lookup", new JsonObject().put("type", "event-bus").put("address", LOOKUP));
        return vertx.deployVerticle(
                        SERVICE, new DeploymentOptions().setConfig(new JsonObject().put("callback", callback)))
                .mapEmpty();
    }

    @Override
    public Future<Void> before(Step step) {
        return Future.succeededFuture();
    }

    @Override
    public Future<JsonObject> send(JsonObject message) {
        return vertx.eventBus().<JsonObject>request(COMMANDS, message).map(Message::body);
    }

    @Override
    public boolean crashes() {
        return false;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture(); // It ends with its Vert.x.
    }
}
