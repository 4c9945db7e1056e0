package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.time.HomeContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands over TCP or a Unix domain socket, by the frames of Vert.x's TCP event bus bridge: who is not Java sends them with
 * a few lines. Only the command address may be sent to.
 */
public final class TcpIngestVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    /** What a client may take. */
    public record Limits(int maxFrameBytes, Duration idleTimeout, int maxConnections) {}

    private final CommandAdmission admission;
    private final String address;
    private final SocketPlace place;
    private final Limits limits;
    private @Nullable NetServer server;
    private int connections;
    private boolean full;

    /** @param address the address that takes commands, as clients name it */
    public TcpIngestVerticle(CommandAdmission admission, String address, SocketPlace place, Limits limits) {
        this.admission = admission;
        this.address = address;
        this.place = place;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        HomeContext home = new HomeContext(context);
        NetServer made = vertx.createNetServer(new NetServerOptions()
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(Math.toIntExact(limits.idleTimeout().toMillis())))
                .connectHandler(socket -> connected(socket, home));
        server = made;
        return home.bring(place.stage())
                .compose(made::listen)
                .compose(listening -> place.publish())
                .onSuccess(open -> log.info("the TCP bridge takes commands for {}", address))
                .recover(failure -> stop().transform(undone -> Future.failedFuture(named(failure))));
    }

    private static CallbackException named(Throwable failure) {
        return failure instanceof CallbackException ours
                ? ours
                : new CallbackException(
                        ErrorCode.CONFIG_INVALID, "callback.ingest.tcp.listen cannot be opened: " + failure);
    }

    private void connected(NetSocket socket, HomeContext home) {
        if (connections >= limits.maxConnections()) {
            refuse(socket);
            return;
        }
        connections++;
        full = false;
        socket.closeHandler(closed -> connections--);
        new BridgeConnection(socket, admission, address, limits.maxFrameBytes(), home).start();
    }

    private void refuse(NetSocket socket) {
        socket.close();
        if (!full) {
            full = true;
            log.warn(
                    "the TCP bridge has {} connections, as many as callback.ingest.tcp.max_connections allows; further ones are"
                            + " closed until one of them ends",
                    connections);
        }
    }

    @Override
    public Future<?> stop() {
        NetServer made = server;
        Future<Void> closed = made == null ? Future.succeededFuture() : made.close();
        return closed.eventually(place::remove);
    }
}
