package io.cloudland.callback.http;

import static io.cloudland.callback.http.Results.resultOf;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that reads requests byte by byte and answers with whatever the test writes. */
final class RawServer {

    /** What the server does with a request that came in whole; its bytes as Latin-1 text. */
    interface Answer {
        void to(NetSocket socket, String request);
    }

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Answer answer;
    private final NetServer server;

    RawServer(Vertx vertx, Answer answer) {
        this(vertx, new NetServerOptions(), "127.0.0.1", answer);
    }

    RawServer(Vertx vertx, NetServerOptions options, String host, Answer answer) {
        this.answer = answer;
        server = resultOf(
                vertx.createNetServer(options).connectHandler(this::connected).listen(0, host));
    }

    /** Answers every request with this text. */
    static Answer always(String text) {
        return (socket, request) -> socket.write(text);
    }

    private void connected(NetSocket socket) {
        connections.incrementAndGet();
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        StringBuilder received = new StringBuilder();
        socket.exceptionHandler(broken -> {});
        socket.closeHandler(closed -> open.decrementAndGet());
        socket.handler(piece -> take(socket, received, piece));
    }

    private void take(NetSocket socket, StringBuilder received, Buffer piece) {
        received.append(piece.toString(StandardCharsets.ISO_8859_1));
        int head = received.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(received);
        if (head < 0 || !length.find()) {
            return;
        }
        int end = head + 4 + Integer.parseInt(length.group(1));
        if (received.length() >= end) {
            String request = received.substring(0, end);
            received.delete(0, end);
            requests.add(request);
            answer.to(socket, request);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    int port() {
        return server.actualPort();
    }

    List<String> requests() {
        return requests;
    }

    /** How many connections there were in all. */
    int connections() {
        return connections.get();
    }

    /** How many connections are open now. */
    int open() {
        return open.get();
    }

    /** How many connections were open at once, at most. */
    int mostOpen() {
        return mostOpen.get();
    }
}
