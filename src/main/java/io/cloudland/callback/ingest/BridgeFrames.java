package io.cloudland.callback.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Words the frames that the TCP bridge sends. */
final class BridgeFrames {

    private static final String TYPE = "type";
    private static final String ADDRESS = "address";

    private BridgeFrames() {}

    static Buffer pong() {
        return framed(new JsonObject().put(TYPE, "pong"));
    }

    /** The answer to a command, at the address that its sender gave for it. */
    static Buffer answer(String command, String replyAddress, CommandVerdict verdict) {
        if (verdict instanceof CommandVerdict.Refused refused) {
            return framed(error(refused.text())
                    .put(ADDRESS, replyAddress)
                    .put("sourceAddress", command)
                    .put("failureCode", refused.refusal().code().number())
                    .put("failureType", "RECIPIENT_FAILURE"));
        }
        return framed(new JsonObject()
                .put(TYPE, "message")
                .put(ADDRESS, replyAddress)
                .put("headers", new JsonObject())
                .put("body", ((CommandVerdict.Taken) verdict).reply())
                .put("send", true));
    }

    /** What cannot be done, in the protocol's words; with the address for the answer, where the frame named one. */
    static Buffer refused(String message, JsonObject frame) {
        JsonObject error = error(message);
        if (frame.getValue("replyAddress") instanceof String replyAddress) {
            error.put(ADDRESS, replyAddress);
        }
        return framed(error);
    }

    private static JsonObject error(String message) {
        return new JsonObject().put(TYPE, "err").put("message", message);
    }

    private static Buffer framed(JsonObject frame) {
        byte[] bytes = frame.encode().getBytes(UTF_8);
        return Buffer.buffer(bytes.length + 4).appendInt(bytes.length).appendBytes(bytes);
    }
}
