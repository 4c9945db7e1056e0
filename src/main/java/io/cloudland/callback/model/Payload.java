package io.cloudland.callback.model;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    private static final String UNRENDERED = "application/vnd.cloudland.callback.unrendered";
    private static final int MAX_REASON_CHARS = 500;

    /**
     * Stands for a body that its format failed to make, and is never sent: the delivery becomes a dead letter that tells why,
     * so that the event is accounted for and nobody else's delivery of it is harmed.
     */
    public static Payload unrendered(String why) {
        String reason = why.substring(0, Math.min(why.length(), MAX_REASON_CHARS));
        return new Payload(UNRENDERED, reason.getBytes(StandardCharsets.UTF_8));
    }

    /** Why there is no body; empty where there is one. */
    public Optional<String> failure() {
        return contentType.equals(UNRENDERED)
                ? Optional.of(new String(body, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** A payload that is all body. */
    public Payload(String contentType, byte[] body) {
        this(contentType, body, Map.of());
    }
}
