package io.cloudland.callback.admin;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the control API of one service on a Unix domain socket, to whom the file system lets open it: the user of the
 * service and root.
 */
public final class AdminVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("admin");

    private final ServiceControl control;
    private final Path path;
    private final SocketFile file;
    private @Nullable HttpServer server;

    /**
     * @param control the service that is asked
     * @param socket the path of the socket
     */
    public AdminVerticle(ServiceControl control, Path socket) {
        this.control = control;
        this.path = socket;
        this.file = new SocketFile(socket);
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(file::stage)
                .compose(this::listen)
                .compose(listening -> blocking(file::publish))
                .onSuccess(published -> log.info("answers deliveries, dead, replay, attempts and stats on {}", path))
                .recover(failure -> undo().transform(undone -> Future.failedFuture(named(failure))));
    }

    private CallbackException named(Throwable failure) {
        return failure instanceof CallbackException ours
                ? ours
                : new CallbackException(
                        ErrorCode.CONFIG_INVALID, "callback.admin.socket " + path + " cannot be opened: " + failure);
    }

    private Future<HttpServer> listen(Path staged) {
        HttpServer made = vertx.createHttpServer().requestHandler(new HttpFront(new Api(control))::handle);
        server = made;
        return made.listen(SocketAddress.domainSocketAddress(staged.toString()));
    }

    private Future<Void> undo() {
        return closeServer().eventually(() -> blocking(file::discard));
    }

    private Future<Void> closeServer() {
        HttpServer made = server;
        return made == null ? Future.succeededFuture() : made.close();
    }

    /** A step that blocks. */
    @FunctionalInterface
    private interface FileStep {
        void run() throws Exception;
    }

    private Future<Void> blocking(FileStep step) {
        return vertx.executeBlocking(() -> {
            step.run();
            return null;
        });
    }

    @Override
    public Future<?> stop() {
        return closeServer().eventually(() -> blocking(file::remove));
    }
}
