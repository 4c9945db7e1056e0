package io.cloudland.callback.config;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code [callback.ingest]}.
 *
 * @param address the event bus address that takes commands
 * @param dedupWindow how long the id of a command is remembered; zero for not at all
 * @param tcp the TCP bridge; empty where there is none
 */
public record IngestConfig(String address, Duration dedupWindow, Optional<TcpIngestConfig> tcp) {}
