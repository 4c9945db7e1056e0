package io.cloudland.callback.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code [callback.admin]}.
 *
 * @param socket the path of the control socket; empty where there is to be none
 * @param demanded whether the configuration names the socket: then a start without it fails
 */
public record AdminConfig(Optional<Path> socket, boolean demanded) {}
