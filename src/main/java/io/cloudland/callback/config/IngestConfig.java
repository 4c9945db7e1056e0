package io.cloudland.callback.config;

/**
 * {@code [callback.ingest]}.
 *
 * @param address the event bus address that takes commands
 */
public record IngestConfig(String address) {}
