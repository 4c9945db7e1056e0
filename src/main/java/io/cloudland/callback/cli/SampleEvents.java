package io.cloudland.callback.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The six sample events of the specification's test script. */
final class SampleEvents {

    private SampleEvents() {}

    static List<JsonObject> all() {
        try (InputStream in = Objects.requireNonNull(SampleEvents.class.getResourceAsStream("samples.json"))) {
            JsonArray events = new JsonArray(Buffer.buffer(in.readAllBytes()));
            return events.stream().map(JsonObject.class::cast).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the sample events in the jar cannot be read", unreadable);
        }
    }
}
