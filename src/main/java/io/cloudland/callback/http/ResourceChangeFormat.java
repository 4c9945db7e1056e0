package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code resource-change}: the body of the platform's specification, key for key and in its order.
 *
 * <p>{@code previous_status} is absent where it is unknown. Nothing else ever enters this body.
 */
public final class ResourceChangeFormat implements PayloadFormat {

    /** The name in the configuration. */
    public static final String NAME = "resource-change";

    private static final String CONTENT_TYPE = "application/json";
    private static final int USUAL_SIZE = 512;
    private static final JsonFactory JSON = new JsonFactory();

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            writeEvent(json, event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed for event " + event.id(), e);
        }
        return new Payload(CONTENT_TYPE, bytes.toByteArray());
    }

    private static void writeEvent(JsonGenerator json, ResourceChangeEvent event) throws IOException {
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
        // ISO_INSTANT, which Instant writes itself with, is RFC 3339 in UTC with Z and no needless fraction.
        writeString(json, TIMESTAMP, change.occurredAt().toString());
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
            json.writeFieldName(entry.getKey());
            if (!writeValue(json, entry.getValue())) {
                throw notAValue(change.resource(), entry.getKey(), entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private static boolean writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            return value instanceof Number number && writeNumber(json, number);
        }
        return true;
    }

    private static boolean writeNumber(JsonGenerator json, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Long || number instanceof Short) {
            json.writeNumber(number.longValue());
        } else if (number instanceof BigInteger big) {
            json.writeNumber(big);
        } else if (number instanceof Double || number instanceof Float) {
            json.writeNumber(number.doubleValue());
        } else if (number instanceof BigDecimal big) {
            json.writeNumber(big);
        } else {
            return false;
        }
        return true;
    }

    private static CallbackException notAValue(ResourceRef resource, String key, Object value) {
        return new CallbackException(
                ErrorCode.INVALID_SNAPSHOT,
                "metadata key '" + key + "' of " + resource + " holds a "
                        + value.getClass().getSimpleName() + "; it must be a string, a number, a boolean or null");
    }
}
