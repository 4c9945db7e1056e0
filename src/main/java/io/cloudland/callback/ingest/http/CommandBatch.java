package io.cloudland.callback.ingest.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that one request holds.
 *
 * @param form how they came, and how their answers go
 * @param messages one for each command, in their order; what is no JSON object stands here as what it is, to be refused by itself
 */
record CommandBatch(Form form, List<Object> messages) {

    /** How commands are written down. */
    enum Form {
        ONE,
        ARRAY,
        LINES
    }

    /** The one command of the platform's own request. */
    static CommandBatch ofPlatform(Buffer body) {
        return new CommandBatch(Form.ONE, List.of(PlatformRequest.message(body)));
    }

    /**
     * One JSON object, or an array of them.
     *
     * @throws CallbackException {@code INVALID_MESSAGE} where the body is no JSON
     */
    static CommandBatch ofJson(Buffer body) {
        Object value = decoded(body);
        if (value instanceof JsonArray array) {
            List<Object> messages = new ArrayList<>(array.size());
            array.forEach(messages::add);
            return new CommandBatch(Form.ARRAY, messages);
        }
        return new CommandBatch(Form.ONE, List.of(value));
    }

    /** A JSON object on each line; empty lines are none. */
    static CommandBatch ofLines(Buffer body) {
        List<Object> messages = new ArrayList<>();
        body.toString().lines().filter(line -> !line.isBlank()).forEach(line -> messages.add(line(line)));
        return new CommandBatch(Form.LINES, messages);
    }

    /** A line that cannot be read is refused by itself, not with the others. */
    private static Object line(String line) {
        try {
            return decoded(Buffer.buffer(line));
        } catch (CallbackException noJson) {
            return noJson;
        }
    }

    private static Object decoded(Buffer body) {
        try {
            Object value = Json.decodeValue(body);
            return value == null ? "null" : value;
        } catch (DecodeException noJson) {
            throw new CallbackException(ErrorCode.INVALID_MESSAGE, "the body: expected JSON, got something else");
        }
    }

    /** Its answers as a body, in the form that the commands had. */
    Buffer body(List<JsonObject> answers) {
        return switch (form) {
            case ONE -> answers.get(0).toBuffer();
            case ARRAY -> new JsonArray(answers).toBuffer();
            case LINES -> {
                Buffer lines = Buffer.buffer();
                answers.forEach(answer -> lines.appendBuffer(answer.toBuffer()).appendString("\n"));
                yield lines;
            }
        };
    }

    String contentType() {
        return form == Form.LINES ? "application/x-ndjson" : "application/json";
    }
}
