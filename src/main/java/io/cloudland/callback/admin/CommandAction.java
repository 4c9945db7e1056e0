package io.cloudland.callback.admin;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The operation that hands a command in. */
final class CommandAction {

    private static final String MESSAGE = "message";

    private final ServiceControl control;

    CommandAction(ServiceControl control) {
        this.control = control;
    }

    /** {@code message} is the JSON of the contract, as text. */
    Future<Answer> send(Parameters given) {
        Optional<JsonObject> message = given.text(MESSAGE).flatMap(CommandAction::object);
        if (message.isEmpty()) {
            given.problem("'" + MESSAGE + "' must be a command as a JSON object, written as text");
        }
        return given.ifValid(() -> control.command(message.orElseThrow()).map(Answer::ok));
    }

    private static Optional<JsonObject> object(String text) {
        try {
            JsonObject object = new JsonObject(text);
            return object.getMap() == null ? Optional.empty() : Optional.of(object); // The text null is read as that.
        } catch (DecodeException noObject) {
            return Optional.empty();
        }
    }
}
