package io.cloudland.callback.ingest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Says what kind of thing came, for a message about something else being expected; never the thing itself. */
final class JsonKind {

    private JsonKind() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String text) {
            return text.isBlank() ? "a blank string" : "a string";
        }
        return ofStructure(value);
    }

    private static String ofStructure(Object value) {
        if (value instanceof JsonObject) {
            return "a JSON object";
        }
        if (value instanceof JsonArray) {
            return "a JSON array";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value instanceof Buffer ? "a buffer" : "a " + value.getClass().getSimpleName();
    }
}
