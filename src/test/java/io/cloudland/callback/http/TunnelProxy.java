package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;

import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that speaks CONNECT and SOCKS5, notes who is asked for, and leads every tunnel to one local port. */
final class TunnelProxy {

    private final List<String> targets = new CopyOnWriteArrayList<>();
    /** Kept: a client that nobody holds is closed with all its sockets when it is collected. */
    private final NetClient client;

    private final int goal;
    private final Optional<String> credentials;
    private final NetServer server;

    TunnelProxy(Vertx vertx, int goal, Optional<String> credentials) {
        this(vertx, new NetServerOptions(), goal, credentials);
    }

    TunnelProxy(Vertx vertx, NetServerOptions options, int goal, Optional<String> credentials) {
        client = vertx.createNetClient();
        this.goal = goal;
        this.credentials = credentials;
        server = resultOf(vertx.createNetServer(options)
                .connectHandler(socket -> socket.handler(first -> start(socket, first)))
                .listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** Host and port of each tunnel; "address" before a host that SOCKS was told as one, not as a name. */
    List<String> targets() {
        return targets;
    }

    private void start(NetSocket socket, Buffer first) {
        if (first.getByte(0) == 5) {
            socket.handler(login -> socksLogin(socket, login));
            socket.write(Buffer.buffer(new byte[] {5, 2}));
        } else {
            connect(socket, first.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private void connect(NetSocket socket, String request) {
        String basic = Base64.getEncoder().encodeToString(credentials.orElse("").getBytes(StandardCharsets.UTF_8));
        if (credentials.isPresent() && !request.contains("Basic " + basic)) {
            socket.end(Buffer.buffer("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"));
            return;
        }
        tunnel(socket, request.split(" ", -1)[1], Buffer.buffer("HTTP/1.1 200 Go\r\n\r\n"));
    }

    private void socksLogin(NetSocket socket, Buffer login) {
        int userLength = login.getByte(1);
        String user = login.getString(2, 2 + userLength);
        String password = login.getString(3 + userLength, login.length());
        if (!credentials.equals(Optional.of(user + ":" + password))) {
            socket.end(Buffer.buffer(new byte[] {1, 1}));
            return;
        }
        socket.handler(request -> socksConnect(socket, request));
        socket.write(Buffer.buffer(new byte[] {1, 0}));
    }

    private void socksConnect(NetSocket socket, Buffer request) {
        boolean named = request.getByte(3) == 3;
        int start = named ? 5 : 4;
        int end = start + (named ? request.getByte(4) : request.getByte(3) == 4 ? 16 : 4);
        String host = named
                ? request.getString(start, end)
                : "address " + NetUtil.bytesToIpAddress(request.getBytes(start, end));
        tunnel(socket, host + ":" + request.getUnsignedShort(end), Buffer.buffer(new byte[] {
            5, 0, 0, 1, 0, 0, 0, 0, 0, 0
        }));
    }

    private void tunnel(NetSocket socket, String target, Buffer welcome) {
        targets.add(target);
        socket.pause();
        client.connect(goal, "127.0.0.1").onSuccess(other -> {
            socket.handler(other::write);
            other.handler(socket::write);
            socket.closeHandler(closed -> other.close());
            other.closeHandler(closed -> socket.close());
            socket.write(welcome);
            socket.resume();
        });
    }
}
