package io.cloudland.callback.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cloudland.callback.time.Timers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a {@link ProxyRelay}: its first request is looked at, the rest goes through as it is, each way as
 * fast as the other side takes it. Where one side ends, so does the other, after what was on its way. Confined to the
 * sender's event loop.
 */
final class RelayedConnection {

    /** More than the HTTP client ever writes. */
    private static final int MAX_HEAD_BYTES = 256 * 1024;

    /** The client writes as soon as it is connected; whoever does not is somebody else. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ProxyRelay relay;
    private final NetSocket socket;
    private final Buffer received = Buffer.buffer();
    private Timers.@Nullable Cancellable patience;
    private boolean closed;

    RelayedConnection(ProxyRelay relay, NetSocket socket) {
        this.relay = relay;
        this.socket = socket;
    }

    void begin(Timers timers) {
        patience = timers.schedule(PATIENCE, socket::close);
        socket.exceptionHandler(broken -> socket.close())
                .closeHandler(ended -> ended())
                .handler(this::take);
    }

    private void ended() {
        closed = true;
        stopWaiting();
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    private void take(Buffer piece) {
        received.appendBuffer(piece);
        String text = received.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
            stopWaiting();
            judge(new RelayedHead(text.substring(0, end + 2)));
        } else if (received.length() > MAX_HEAD_BYTES) {
            socket.close();
        }
    }

    private void judge(RelayedHead head) {
        if (!relay.isOurs(head)) {
            socket.close();
            return;
        }
        socket.pause();
        relay.connect().onComplete(this::connected, failure -> unconnected(head, failure));
    }

    private void connected(NetSocket proxy) {
        proxy.exceptionHandler(broken -> proxy.close());
        if (closed) {
            proxy.close();
            return;
        }
        proxy.write(received);
        join(socket, proxy);
        join(proxy, socket);
    }

    /** A close overtakes what waits for the other side to read it, and so must wait for that itself. */
    private static void join(NetSocket from, NetSocket to) {
        from.pipe()
                .endOnComplete(false)
                .endOnFailure(false)
                .to(to)
                .onComplete(ended -> to.write(Buffer.buffer()).onComplete(flushed -> to.close()));
    }

    private void unconnected(RelayedHead head, Throwable failure) {
        String reason = relay.reasonOf(failure);
        if (head.asksForTunnel()) {
            socket.end(
                    Buffer.buffer("HTTP/1.1 502 " + ProxyRelay.MARK + ascii(reason) + "\r\nContent-Length: 0\r\n\r\n"));
        } else { // An answer would be taken for the endpoint's own.
            relay.note(socket.remoteAddress().port(), reason);
            socket.close();
        }
    }

    private static String ascii(String reason) {
        return reason.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
