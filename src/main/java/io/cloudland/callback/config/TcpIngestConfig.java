package io.cloudland.callback.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code [callback.ingest.tcp]}: the bridge from TCP to the command address.
 *
 * @param socket the path of a Unix domain socket; empty where it listens on {@code host} and {@code port}
 * @param host a loopback address
 * @param maxFrameBytes how long a frame may be, without the four bytes of its length
 * @param idleTimeout after which a connection that is silent in both directions is closed
 */
public record TcpIngestConfig(
        Optional<Path> socket, String host, int port, int maxFrameBytes, Duration idleTimeout, int maxConnections) {}
