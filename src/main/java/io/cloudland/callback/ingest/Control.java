package io.cloudland.callback.ingest;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How the platform executed a command, as {@code control} of its request says. */
enum Control {
    /** As it stands: {@code control} is absent, empty, or says where else the command goes. */
    AS_SAID,
    /** {@code error=resource}: in an error context, because the scheduler found no room. It marked its resource as such. */
    IN_ERROR,
    /** {@code error}: not at all. */
    NOT_EXECUTED,
    /** {@code callback=agent}: what came is a report of the topology and no command. */
    REPORT;

    private static final String KEY = "control";

    /** @param body the message of the contract, not checked yet */
    static Control of(@Nullable Object body) {
        Object control = body instanceof JsonObject message ? message.getValue(KEY) : null;
        if (control == null) {
            return AS_SAID;
        }
        if (control instanceof String text) {
            return ofText(text.strip());
        }
        throw CommandDecoder.invalid(KEY, "a string", JsonKind.of(control));
    }

    private static Control ofText(String control) {
        return switch (control) {
            case "error=resource" -> IN_ERROR;
            case "error" -> NOT_EXECUTED;
            case "callback=agent" -> REPORT;
            default -> AS_SAID;
        };
    }
}
