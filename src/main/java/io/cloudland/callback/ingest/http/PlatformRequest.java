package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Reads the platform's own request, {@code {"id": 3, "extra": 0, "control": "", "command": "launch_vm.sh '127' ..."}}.
 *
 * <p>Its daemon writes the names in lower case, its Go callers begin them with a capital, so they are read in any case. Its
 * {@code id} is the hypervisor that sent the command, which makes no key of a command: every command of that hypervisor has it.
 */
final class PlatformRequest {

    /** Where the platform posts it. */
    static final String PATH = "/internal/execute";

    private PlatformRequest() {}

    /**
     * The message of the contract that stands in the request, {@code {"command", "control"?}}.
     *
     * @throws CallbackException {@code INVALID_MESSAGE} where it is no JSON object; what is in it is for others to check
     */
    static JsonObject message(Buffer body) {
        JsonObject message = new JsonObject();
        for (Map.Entry<String, Object> field : object(body)) {
            if (field.getKey().equalsIgnoreCase("command")) {
                message.put("command", field.getValue());
            } else if (field.getKey().equalsIgnoreCase("control")) {
                message.put("control", field.getValue());
            }
        }
        return message;
    }

    private static JsonObject object(Buffer body) {
        try {
            JsonObject object = new JsonObject(body);
            if (object.getMap() != null) { // The text null is read as that.
                return object;
            }
        } catch (DecodeException | ClassCastException noObject) {
            // Told below, without what the reader says: it shows the body.
        }
        throw new CallbackException(ErrorCode.INVALID_MESSAGE, "the body: expected a JSON object, got something else");
    }
}
