package io.cloudland.callback.ingest.http;

import java.time.Duration;

/**
 * The limits of the HTTP tap.
 *
 * @param maxBodyBytes how long the body of one request may be
 * @param maxBatch how many commands one request may hold
 * @param requestTimeout how long a request may take to come in
 * @param idleTimeout how long a connection may stay without the head of a request
 */
public record TapSettings(int maxBodyBytes, int maxBatch, Duration requestTimeout, Duration idleTimeout) {}
