package io.cloudland.callback.cli.demo;

import io.cloudland.callback.receiver.Receiver;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Where the service of the demo lives, and what befalls it in the course of the day. */
interface Stage {

    /** What is told about it before the day begins. */
    String text();

    /** Starts the service against this receiver. */
    Future<Void> open(Receiver receiver);

    /** What happens before a step is sent. */
    Future<Void> before(Step step);

    /** Sends a command as the platform does. */
    Future<JsonObject> send(JsonObject message);

    /** Whether it dies in between: then a callback may come twice, and how many are refused depends on the moment. */
    boolean crashes();

    /** Stops the service. */
    Future<Void> close();
}
