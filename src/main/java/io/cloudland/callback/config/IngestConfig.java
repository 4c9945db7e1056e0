package io.cloudland.callback.config;

import java.time.Duration;

/**
 * {@code [callback.ingest]}.
 *
 * @param address the event bus address that takes commands
 * @param dedupWindow how long the id of a command is remembered; zero for not at all
 */
public record IngestConfig(String address, Duration dedupWindow) {}
