package io.cloudland.callback.http;

import io.cloudland.callback.time.Timers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;

/**
 * The HTTP/2 connections on which an attempt timed out, each asked by a ping whether anybody is still there, and closed
 * where nobody says so.
 *
 * <p>An attempt that gives up ends its stream alone: one slow answer must not cost its neighbours their connection. A path
 * that went dark without a reset, as when a NAT forgot it, would so be taken by each further attempt. That nothing was
 * received does not tell the two apart, for all answers of an endpoint may be slow; a ping does, which whoever is there must
 * acknowledge whatever its answers wait for (RFC 9113, section 6.7). Confined to the sender's event loop.
 */
final class SilentConnections {

    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);

    private final Timers timers;
    private final IdentityHashMap<HttpConnection, Timers.Cancellable> asked = new IdentityHashMap<>();

    SilentConnections(Timers timers) {
        this.timers = timers;
    }

    /** Asks, unless the question is under way. */
    void ask(HttpConnection connection) {
        if (!asked.containsKey(connection)) {
            asked.put(connection, timers.schedule(ANSWERED_WITHIN, () -> close(connection)));
            connection.ping(Buffer.buffer().appendLong(0)).onSuccess(answered -> forget(connection));
        }
    }

    private void close(HttpConnection connection) {
        asked.remove(connection);
        connection.close();
    }

    private void forget(HttpConnection connection) {
        Timers.Cancellable timer = asked.remove(connection);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Asks no more; who stops closes all connections anyway. */
    void stop() {
        asked.values().forEach(Timers.Cancellable::cancel);
        asked.clear();
    }
}
