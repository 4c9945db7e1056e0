package io.cloudland.callback.ingest;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;

/** Where a server listens, and what has to be done around its bind: nothing for a port, much for a socket's file. */
public interface SocketPlace {

    /** Makes ready and says where to bind. */
    Future<SocketAddress> stage();

    /** After the bind: opens it to those who may connect. */
    Future<Void> publish();

    /** After a bind that failed, or at the end. */
    Future<Void> remove();

    /** A port needs nothing. */
    static SocketPlace port(String host, int port) {
        return new SocketPlace() {
            @Override
            public Future<SocketAddress> stage() {
                return Future.succeededFuture(SocketAddress.inetSocketAddress(port, host));
            }

            @Override
            public Future<Void> publish() {
                return Future.succeededFuture();
            }

            @Override
            public Future<Void> remove() {
                return Future.succeededFuture();
            }
        };
    }
}
