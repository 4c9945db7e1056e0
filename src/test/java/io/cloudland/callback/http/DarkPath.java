package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A path to a local port whose connections can go dark: they stay open, and nothing comes through, either way. */
final class DarkPath {

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger swallowed = new AtomicInteger();
    /** Kept: a client that nobody holds is closed with all its sockets when it is collected. */
    private final NetClient client;

    private final int goal;
    private final NetServer server;
    private volatile int darkUpTo;

    DarkPath(Vertx vertx, int goal) {
        this.goal = goal;
        client = vertx.createNetClient();
        server = resultOf(vertx.createNetServer().connectHandler(this::lead).listen(0, "127.0.0.1"));
    }

    private void lead(NetSocket socket) {
        int number = opened.incrementAndGet();
        socket.pause();
        client.connect(goal, "127.0.0.1").onSuccess(other -> {
            pass(number, socket, other);
            pass(number, other, socket);
            socket.resume();
        });
    }

    private void pass(int number, NetSocket from, NetSocket to) {
        from.exceptionHandler(broken -> {});
        from.handler(piece -> {
            if (number > darkUpTo) {
                to.write(piece);
            } else {
                swallowed.addAndGet(piece.length());
            }
        });
    }

    int port() {
        return server.actualPort();
    }

    /** Connections that are there now go dark; later ones do not. */
    void goDark() {
        darkUpTo = opened.get();
    }

    int opened() {
        return opened.get();
    }

    /** How many bytes went into the dark. */
    int swallowed() {
        return swallowed.get();
    }
}
