package io.cloudland.callback.cli.bench;

import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The JVM of the service: a Vert.x host that embeds it and sends it commands over the local event bus. */
final class ServiceProcess {

    private static final String COMMANDS = "callback.commands";

    private ServiceProcess() {}

    public static void main(String[] args) {
        ChildPipe pipe = ChildPipe.open();
        SenderSettings settings = SenderSettings.ofJson(new JsonObject(args[0]));
        settings.logLevel().apply();
        Vertx vertx = Vertx.vertx();
        Fleet fleet = new Fleet(settings.resources());
        Driver driver = new Driver(
                vertx,
                new Bounds(SenderSettings.UNANSWERED, settings.pending()),
                () -> submit(vertx, fleet.nextCommand()),
                ServiceProcess::isQueueFull);
        DeploymentOptions options = new DeploymentOptions().setConfig(settings.serviceConfig());
        pipe.serve(vertx.deployVerticle(settings.verticle(), options).map(id -> new JsonObject()), driver::ask);
    }

    private static Future<String> submit(Vertx vertx, JsonObject command) {
        return vertx.eventBus().<JsonObject>request(COMMANDS, command).map(ServiceProcess::eventId);
    }

    private static String eventId(Message<JsonObject> reply) {
        JsonArray ids = reply.body().getJsonArray("event_ids", new JsonArray());
        if (ids.size() != 1) {
            throw new IllegalStateException("the service did not make one event of a command: " + reply.body());
        }
        return ids.getString(0);
    }

    private static boolean isQueueFull(Throwable cause) {
        return cause instanceof ReplyException reply && reply.failureCode() == ErrorCode.QUEUE_FULL.number();
    }
}
