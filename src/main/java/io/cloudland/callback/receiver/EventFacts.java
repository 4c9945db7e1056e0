package io.cloudland.callback.receiver;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few facts of a body that the account needs, read by a streaming parser that checks the whole body on its way. */
final class EventFacts {

    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String type;
    private @Nullable String id;
    private @Nullable String status;
    private @Nullable String previousStatus;

    private EventFacts() {}

    /** Reads any of the service's payload formats, one event in each; facts that are not there stay empty. */
    static EventFacts read(byte[] body) throws IOException {
        EventFacts facts = new EventFacts();
        try (JsonParser parser = JSON.createParser(body)) {
            JsonToken first = parser.nextToken();
            boolean batch = first == JsonToken.START_ARRAY;
            if ((batch ? parser.nextToken() : first) != JsonToken.START_OBJECT) {
                throw new IOException("it is not a JSON object");
            }
            facts.readObject(parser, "");
            if (batch && parser.nextToken() != JsonToken.END_ARRAY) {
                throw new IOException("the array holds more than one event");
            }
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
        }
        return facts;
    }

    private void readObject(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && (key.equals("resource") || key.equals("data"))) {
                readObject(parser, key);
            } else if (value.isStructStart()) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                note(key, parser);
            }
        }
    }

    private void note(String key, JsonParser parser) throws IOException {
        switch (key) {
            case "resource_type", "resource.type", "data.resource_type" -> type = parser.getText();
            case "resource_id", "resource.id", "data.resource_id" -> id = parser.getText();
            case "status", "data.status" -> status = parser.getText();
            case "previous_status", "data.previous_status" -> previousStatus = parser.getText();
            default -> parser.getTextLength();
        }
    }

    /** Type and id, for example {@code instance/127}. */
    Optional<String> resource() {
        return type == null || id == null ? Optional.empty() : Optional.of(type + "/" + id);
    }

    Optional<String> status() {
        return Optional.ofNullable(status);
    }

    Optional<String> previousStatus() {
        return Optional.ofNullable(previousStatus);
    }
}
