package io.cloudland.callback.ingest.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client to the back end through us. Bytes are handed on as they come, each side no faster than the other
 * takes them, and only then looked at; what is wrong with the looking never stops them. Confined to the {@link ProxyLoop}.
 */
final class ProxyConnection {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    private final NetSocket client;
    private final NetSocket backEnd;
    private final ConnectionWatch watch;
    private final BackEndProxy proxy;
    private boolean clientGone;
    private boolean backEndGone;
    private boolean blind;

    ProxyConnection(NetSocket client, NetSocket backEnd, ConnectionWatch watch, BackEndProxy proxy) {
        this.client = client;
        this.backEnd = backEnd;
        this.watch = watch;
        this.proxy = proxy;
    }

    void start() {
        client.exceptionHandler(failure -> log.trace("The client's connection broke", failure));
        backEnd.exceptionHandler(failure -> log.trace("The back end's connection broke", failure));
        client.handler(this::fromClient);
        backEnd.handler(this::fromBackEnd);
        client.drainHandler(drained -> backEnd.resume());
        backEnd.drainHandler(drained -> client.resume());
        backEnd.endHandler(end -> backEndEnded());
        client.closeHandler(closed -> clientClosed());
        backEnd.closeHandler(closed -> backEndClosed());
        client.resume();
    }

    private void fromClient(Buffer bytes) {
        if (backEndGone) {
            return; // The rest of a request that was answered before it ended.
        }
        backEnd.write(bytes);
        if (backEnd.writeQueueFull()) {
            client.pause();
        }
        look(() -> watch.request(bytes.getBytes()));
    }

    private void fromBackEnd(Buffer bytes) {
        if (!clientGone) {
            client.write(bytes);
            if (client.writeQueueFull()) {
                backEnd.pause();
            }
        }
        look(() -> watch.answer(bytes.getBytes()));
        if (clientGone && !watch.isAwaiting()) {
            backEnd.close();
        }
        proxy.passed(this);
    }

    private void look(Runnable looking) {
        if (blind) {
            return;
        }
        try {
            looking.run();
        } catch (RuntimeException | Error defect) {
            log.warn("A defect while a call was read that passes through; the connection goes on unread", defect);
            watch.close();
        }
        if (watch.isLost()) {
            blind = true;
            watch.close();
            proxy.unread();
        }
    }

    /** A client that gives up does not undo what the back end does: its answer still tells whether the command was executed. */
    private void clientClosed() {
        clientGone = true;
        if (watch.isAwaiting()) {
            backEnd.resume();
            proxy.awaitAnswer(this);
        } else {
            backEnd.close();
        }
    }

    private void backEndEnded() {
        boolean midRequest = !blind && watch.isMidRequest();
        backEndGone = true;
        if (midRequest && !clientGone) {
            // Closing upon unread bytes would reset the connection, and the answer would be lost with it.
            client.resume();
            proxy.linger(this);
        } else {
            client.end();
        }
    }

    private void backEndClosed() {
        if (!backEndGone) {
            backEndGone = true;
            client.end();
        }
        watch.close();
        proxy.ended(this);
    }

    /** Whether nothing is under way on it. */
    boolean isIdle() {
        return blind || watch.isIdle();
    }

    void close() {
        client.close();
        backEnd.close();
    }

    void closeClient() {
        client.end();
    }
}
