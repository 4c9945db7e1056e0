package io.cloudland.callback.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A body as it goes over the wire, fixed when the event is stored and never built again.
 *
 * @param contentType the {@code Content-Type} header
 * @param body the bytes; not copied, so nobody may change them
 * @param headers further headers that are part of the format; what every request carries beside them wins
 */
@SuppressWarnings("ArrayRecordComponent") // Shared on purpose: a copy per attempt would be waste.
public record Payload(String contentType, byte[] body, Map<String, String> headers) {

    public Payload {
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A payload that is all body. */
    public Payload(String contentType, byte[] body) {
        this(contentType, body, Map.of());
    }
}
