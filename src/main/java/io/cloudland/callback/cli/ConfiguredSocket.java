package io.cloudland.callback.cli;

import io.cloudland.callback.cli.control.SocketChoice;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;

/** The control socket of the service that {@code run} would start with the same configuration. */
final class ConfiguredSocket implements SocketChoice {

    private final Surroundings around;

    ConfiguredSocket(Surroundings around) {
        this.around = around;
    }

    @Override
    public Path find(Optional<String> conf) {
        Path socket = ConfigChoice.find(conf, around)
                .load(around)
                .config()
                .admin()
                .socket()
                .orElseThrow(ConfiguredSocket::none);
        return around.directory().resolve(socket);
    }

    private static CallbackException none() {
        return new CallbackException(
                ErrorCode.CONFIG_INVALID,
                "the service of this configuration has no control socket: set callback.admin.socket and start it again,"
                        + " or name the socket of another one with --socket");
    }
}
