package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.io.IOException;
import java.util.Map;

/**
 * {@code resource-change}: the body of the platform's specification, key for key and in its order.
 *
 * <p>{@code previous_status} is absent where it is unknown. Nothing else ever enters this body.
 */
public final class ResourceChangeFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "resource-change";

    static final String CONTENT_TYPE = "application/json";

    private static final SerializableString RESOURCE_TYPE = new SerializedString("resource_type");
    private static final SerializableString RESOURCE_UUID = new SerializedString("resource_uuid");
    private static final SerializableString RESOURCE_ID = new SerializedString("resource_id");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString PREVIOUS_STATUS = new SerializedString("previous_status");
    private static final SerializableString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializableString METADATA = new SerializedString("metadata");

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@inheritDoc}
     *
     * @throws CallbackException {@code INVALID_SNAPSHOT} where a metadata value is neither string, number, boolean nor null
     */
    @Override
    public Payload render(ResourceChangeEvent event) {
        return new Payload(CONTENT_TYPE, JsonBody.of(event, ResourceChangeFormat::write));
    }

    /** Writes the object; other formats carry it as their data. */
    static void write(JsonGenerator json, ResourceChangeEvent event) throws IOException {
        ResourceChange change = event.change();
        json.writeStartObject();
        writeString(json, RESOURCE_TYPE, change.resource().type().wireName());
        writeString(json, RESOURCE_UUID, change.uuid());
        json.writeFieldName(RESOURCE_ID);
        json.writeNumber(change.resource().id());
        writeString(json, STATUS, change.status());
        if (event.previousStatus().isPresent()) {
            writeString(json, PREVIOUS_STATUS, event.previousStatus().get());
        }
        // ISO_INSTANT, as Instant writes itself, is RFC 3339 in UTC with Z and no needless fraction.
        writeString(json, TIMESTAMP, InstantText.of(change.occurredAt()));
        writeMetadata(json, change);
        json.writeEndObject();
    }

    private static void writeString(JsonGenerator json, SerializableString name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    private static void writeMetadata(JsonGenerator json, ResourceChange change) throws IOException {
        json.writeFieldName(METADATA);
        json.writeStartObject();
        for (Map.Entry<String, Object> entry : change.metadata().entrySet()) {
            JsonBody.writeMetadata(json, change.resource(), entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
