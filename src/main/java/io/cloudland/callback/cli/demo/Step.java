package io.cloudland.callback.cli.demo;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One command of the day.
 *
 * @param args without the command itself
 * @param error what the platform says went wrong with it
 * @param expected what the service should make of it
 */
record Step(Instant at, String command, List<String> args, Optional<String> error, Reply expected) {

    /** The time of the day, for example {@code 12:00}. */
    String clock() {
        return at.toString().substring(11, 16);
    }

    /** The line as a hypervisor's script prints it. */
    String line() {
        return command + ".sh" + args.stream().map(arg -> " '" + arg + "'").collect(Collectors.joining());
    }

    /** The message as the platform sends it. */
    JsonObject message() {
        JsonObject message = new JsonObject().put("command", line()).put("timestamp", at.toString());
        error.ifPresent(text -> message.put("error", text));
        return message;
    }
}
