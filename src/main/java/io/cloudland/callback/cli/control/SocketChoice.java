package io.cloudland.callback.cli.control;

import java.nio.file.Path;
import java.util.Optional;

/** Finds the control socket that a call means. */
@FunctionalInterface
public interface SocketChoice {

    /**
     * The socket of the service with that configuration.
     *
     * @param conf what {@code -conf} says, as {@code run} takes it; empty where it is not given
     * @throws io.cloudland.callback.error.CallbackException {@code CONFIG_INVALID}, where there is none
     */
    Path find(Optional<String> conf);
}
