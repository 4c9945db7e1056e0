package io.cloudland.callback.process.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between one node and its database: it can go silent, which no side is told, and come back. */
final class CutProxy implements AutoCloseable {

    private final NetServer server;
    private final NetClient client;
    private final int target;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    CutProxy(Vertx vertx, int target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::lead);
        server.listen(0, "127.0.0.1").await();
    }

    int port() {
        return server.actualPort();
    }

    private void lead(NetSocket near) {
        near.pause();
        open.add(near);
        near.closeHandler(closed -> open.remove(near));
        client.connect(target, "127.0.0.1").onSuccess(far -> join(near, far)).onFailure(refused -> near.close());
    }

    private void join(NetSocket near, NetSocket far) {
        near.closeHandler(closed -> {
            open.remove(near);
            far.close();
        });
        far.closeHandler(closed -> near.close());
        near.handler(bytes -> {
            if (!silent) {
                far.write(bytes);
            }
        });
        far.handler(bytes -> {
            if (!silent) {
                near.write(bytes);
            }
        });
        near.resume();
    }

    /** Nothing passes any more, in either direction; what is on the way is lost. */
    void cut() {
        silent = true;
    }

    /** Whoever waits still for what was lost is cut off, and all that is new passes. */
    void mend() {
        silent = false;
        open.forEach(NetSocket::close);
    }

    @Override
    public void close() {
        server.close().await();
        client.close().await();
    }
}
