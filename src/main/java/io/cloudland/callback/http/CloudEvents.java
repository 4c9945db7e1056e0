package io.cloudland.callback.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * CloudEvents 1.0: what its three formats share. The data of an event is the body of {@code resource-change}.
 *
 * <p>{@code source} and {@code id} together name an event for life. The extension {@code sequence} has leading zeros, for it
 * is ordered as text.
 */
final class CloudEvents {

    /** The {@code $id} of the data's JSON Schema. */
    static final String DATA_SCHEMA = "urn:cloudland:callback:schema:resource-change";

    private static final String SPEC_VERSION = "1.0";
    private static final String SOURCE = "/cloudland";
    private static final String TYPE_PREFIX = "io.cloudland.";

    private CloudEvents() {}

    /** Every attribute but {@code datacontenttype}, in the order they are written. */
    static Map<String, String> attributes(ResourceChangeEvent event) {
        ResourceChange change = event.change();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", SPEC_VERSION);
        attributes.put("id", event.id().value());
        attributes.put("source", known(change.region()).map(CloudEvents::source).orElse(SOURCE));
        attributes.put(
                "type",
                TYPE_PREFIX + change.resource().type().wireName() + "."
                        + change.action().wireName());
        attributes.put("subject", change.resource().toString());
        attributes.put("time", change.occurredAt().toString());
        attributes.put("dataschema", DATA_SCHEMA);
        attributes.put("sequence", String.format(Locale.ROOT, "%019d", event.sequence()));
        attributes.put("partitionkey", change.resource().toString());
        attributes.put("recordedtime", event.recordedAt().toString());
        attributes.put("epoch", event.epoch());
        known(change.tenantId()).ifPresent(tenant -> attributes.put("tenantid", tenant));
        return attributes;
    }

    /** An attribute may not be empty. */
    private static Optional<String> known(Optional<String> value) {
        return value.filter(text -> !text.isBlank());
    }

    /** A URI reference: a region's name may hold anything. */
    private static String source(String region) {
        return SOURCE + "/" + encoded(region, CloudEvents::standsInAPath);
    }

    private static boolean standsInAPath(int octet) {
        return octet < 0x80 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
    }

    /** An attribute's value as the header of the binary format: all but visible ASCII, and quote and percent, encoded. */
    static String headerValue(String value) {
        return encoded(value, octet -> octet > 0x20 && octet < 0x7f && octet != '"' && octet != '%');
    }

    /** Which octets stand for themselves. */
    @FunctionalInterface
    private interface Plain {
        boolean test(int octet);
    }

    private static String encoded(String value, Plain plain) {
        StringBuilder encoded = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            int unsigned = octet & 0xff;
            if (plain.test(unsigned)) {
                encoded.append((char) unsigned);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", unsigned));
            }
        }
        return encoded.toString();
    }

    /** Writes an event with attributes and data as one JSON object. */
    static void write(JsonGenerator json, ResourceChangeEvent event) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> attribute : attributes(event).entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeStringField("datacontenttype", ResourceChangeFormat.CONTENT_TYPE);
        json.writeFieldName("data");
        ResourceChangeFormat.write(json, event);
        json.writeEndObject();
    }
}
