package io.cloudland.callback.cli.control;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every one of these commands has: which service, and in which form it is shown. */
final class ServiceOptions {

    private final SocketChoice choice;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "CONF",
            description = "The configuration of the service, as 'run' takes it; conf/config.toml by default.")
    private @Nullable String conf;

    @Option(
            names = {"-socket", "--socket"},
            paramLabel = "PATH",
            description = "The control socket of the service, instead of the one of its configuration.")
    private @Nullable Path socket;

    @Option(
            names = {"-json", "--json"},
            description = "Prints the service's own answer, for machines.")
    private boolean json;

    ServiceOptions(SocketChoice choice) {
        this.choice = choice;
    }

    boolean json() {
        return json;
    }

    /** Asks the service and waits for what it says. */
    <T> T ask(Function<ServiceClient, Future<T>> question) {
        Path path = socket == null ? choice.find(Optional.ofNullable(conf)) : socket;
        Vertx vertx = Vertx.vertx();
        try {
            return question.apply(new ServiceClient(vertx, path)).await();
        } finally {
            vertx.close().await();
        }
    }
}
