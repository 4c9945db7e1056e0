package io.cloudland.callback.cli.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A command of {@link CrashLoad} that the service was given.
 *
 * @param resource type and id, for example {@code instance/127}
 */
record SentCommand(String resource, String status) {

    static SentCommand of(JsonObject command) {
        JsonArray args = command.getJsonArray("args");
        return new SentCommand("instance/" + args.getString(1), args.getString(2));
    }

    /** Its place in the order of sending. */
    long number() {
        return CrashLoad.numberOf(status);
    }

    boolean isLandmark() {
        return CrashLoad.isLandmark(status);
    }
}
