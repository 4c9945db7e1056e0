package io.cloudland.callback.http;

import java.util.Optional;

/**
 * What of a request is signed, as it came in.
 *
 * @param id the {@code webhook-id} header
 * @param timestamp the {@code webhook-timestamp} header
 * @param signature the {@code webhook-signature} header
 * @param body the exact bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on to be checked, never compared.
public record SignedRequest(Optional<String> id, Optional<String> timestamp, Optional<String> signature, byte[] body) {}
