package io.cloudland.callback.cli.jvm;

import io.cloudland.callback.CallbackVerticle;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The JVM of a service that does what the other end of its pipe asks for, and stops in good order when that closes. */
final class ServiceMain {

    /** Key of the settings: what the verticle is deployed with. */
    static final String CONFIG = "config";

    /** Key of the settings: the event bus address whose lookups the other end answers; not set where it answers none. */
    static final String LOOKUP = "lookup";

    private ServiceMain() {}

    public static void main(String[] args) {
        OutputStream answers = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // Whatever else prints must not get into the answers.
        JsonObject settings = new JsonObject(args[0]);
        Vertx vertx = Vertx.vertx();
        CallbackVerticle verticle = new CallbackVerticle();
        Promise<JsonObject> up = Promise.promise();
        Wire wire = Wire.open(System.in, answers, vertx.getOrCreateContext(), services(verticle, up.future()));
        answerLookups(vertx, wire, settings);
        vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(settings.getJsonObject(CONFIG)))
                .map(id -> new JsonObject())
                .onComplete(up);
        wire.ended().toCompletionStage().toCompletableFuture().join();
        vertx.close().await();
        System.exit(0);
    }

    private static Map<String, Wire.Service> services(CallbackVerticle verticle, Future<JsonObject> up) {
        return Map.of(
                "up", question -> up,
                "command", command -> verticle.service().submit(command),
                "stats",
                        question -> Future.succeededFuture(
                                verticle.service().stats().toJson()),
                "dead-letters",
                        question -> verticle.service()
                                .deadLetters(question.getInteger("limit"))
                                .map(ServiceMain::toJson));
    }

    private static void answerLookups(Vertx vertx, Wire wire, JsonObject settings) {
        String address = settings.getString(LOOKUP);
        if (address != null) {
            vertx.eventBus()
                    .<JsonObject>consumer(
                            address,
                            question -> wire.ask(LOOKUP, question.body()).onSuccess(question::reply));
        }
    }

    private static JsonObject toJson(List<DeadLetter> letters) {
        return new JsonObject()
                .put(
                        "dead_letters",
                        new JsonArray(letters.stream().map(ServiceMain::toJson).toList()));
    }

    private static JsonObject toJson(DeadLetter letter) {
        ResourceChangeEvent event = letter.delivery().event();
        return new JsonObject()
                .put("id", event.id().value())
                .put("resource", event.resource().toString())
                .put("epoch", event.epoch())
                .put("sequence", event.sequence())
                .put("status", event.change().status())
                .put("previous_status", event.previousStatus().orElse(null))
                .put("coalesced_from", letter.delivery().coalesced().from())
                .put("coalesced_count", letter.delivery().coalesced().count())
                .put("body", new String(letter.delivery().payload().body(), StandardCharsets.UTF_8));
    }
}
