package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes JSON bodies. Any thread. */
final class JsonBody {

    private static final int USUAL_SIZE = 512;
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one event. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json, ResourceChangeEvent event) throws IOException;
    }

    private JsonBody() {}

    /** The bytes that {@code content} writes, in UTF-8. */
    static byte[] of(ResourceChangeEvent event, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            content.write(json, event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed for event " + event.id(), e);
        }
        return bytes.toByteArray();
    }

    /** Writes a field only where there is a value. */
    static void writeKnown(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    /**
     * Writes one metadata field.
     *
     * @throws CallbackException {@code INVALID_SNAPSHOT} where the value is neither string, number, boolean nor null
     */
    static void writeMetadata(JsonGenerator json, ResourceRef resource, String key, @Nullable Object value)
            throws IOException {
        json.writeFieldName(key);
        if (!writeValue(json, value)) {
            throw notAValue(resource, key, value);
        }
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

    private static CallbackException notAValue(ResourceRef resource, String key, @Nullable Object value) {
        return new CallbackException(
                ErrorCode.INVALID_SNAPSHOT,
                "metadata key '" + key + "' of " + resource + " holds a "
                        + (value == null ? "null" : value.getClass().getSimpleName())
                        + "; it must be a string, a number, a boolean or null");
    }
}
