package io.cloudland.callback.model;

/**
 * A body as it goes over the wire, fixed when the event is stored and never built again.
 *
 * @param contentType the {@code Content-Type} header
 * @param body the bytes; not copied, so nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // Shared on purpose: a copy per attempt would be waste.
public record Payload(String contentType, byte[] body) {}
