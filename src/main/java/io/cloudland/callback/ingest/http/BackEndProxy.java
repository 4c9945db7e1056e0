package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the back end: every connection to us is one to it, and its bytes pass both ways unchanged. Which commands were
 * executed is read from them in passing. Confined to the {@link ProxyLoop} that made it.
 *
 * <p>Bytes and no requests are handed on, because an HTTP server and client between the two would write each message anew:
 * other header names, other chunks, another view of what is no proper HTTP.
 */
final class BackEndProxy {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    /** How long the answer to a client that is gone is waited for. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration LINGER = Duration.ofMillis(500);
    /** How long a stop waits for calls under way. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    /** Of request bodies that are held at once, over all connections. */
    private static final long MOST_COPIED_BYTES = 64L << 20;

    private final SocketAddress upstream;
    private final int maxBodyBytes;
    private final Consumer<Optional<byte[]>> executed;
    private final HttpIngestCounts counts;
    private final Timers timers;
    private final CopyBudget budget = new CopyBudget(MOST_COPIED_BYTES);
    private final Set<ProxyConnection> open = new HashSet<>();
    private final NetServer server;
    private final NetClient client;
    private @Nullable Promise<Void> stopping;
    private long unreachable;

    BackEndProxy(
            Vertx vertx,
            NetServerOptions listen,
            SocketAddress upstream,
            int maxBodyBytes,
            Consumer<Optional<byte[]>> executed,
            HttpIngestCounts counts,
            Timers timers) {
        this.upstream = upstream;
        this.maxBodyBytes = maxBodyBytes;
        this.executed = executed;
        this.counts = counts;
        this.timers = timers;
        this.server = vertx.createNetServer(listen.setTcpKeepAlive(true));
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setTcpKeepAlive(true));
    }

    /** Completes when it listens. */
    Future<Void> start() {
        return server.connectHandler(this::connected).listen().mapEmpty();
    }

    /** The port that it listens on, once it does. Any thread. */
    int port() {
        return server.actualPort();
    }

    private void connected(NetSocket from) {
        if (stopping != null) {
            from.close();
            return;
        }
        from.pause();
        client.connect(upstream).onComplete(to -> join(from, to), failure -> refuse(from, failure));
    }

    private void join(NetSocket from, NetSocket to) {
        if (unreachable > 0) {
            log.info("The back end at {} can be reached again", upstream);
            unreachable = 0;
        }
        ProxyConnection connection =
                new ProxyConnection(from, to, new ConnectionWatch(executed, maxBodyBytes, budget), this);
        open.add(connection);
        connection.start();
    }

    /** Closed without an answer: nobody executed anything, and none of ours may be taken for the back end's. */
    private void refuse(NetSocket from, Throwable failure) {
        if (unreachable++ == 0) {
            log.warn(
                    "The back end at {} cannot be reached: {}. Connections are closed without an answer until it can; further"
                            + " ones are not logged",
                    upstream,
                    failure.getMessage());
        }
        from.close();
    }

    void unread() {
        counts.connectionUnread();
        if (counts.unread() == 1) {
            log.warn(
                    "A connection to the back end holds something else than HTTP/1.x. It passes unread: commands on it make no"
                            + " events. Further ones are counted, not logged");
        }
    }

    void awaitAnswer(ProxyConnection connection) {
        timers.schedule(ANSWER_TIMEOUT, connection::close);
    }

    void linger(ProxyConnection connection) {
        timers.schedule(LINGER, connection::closeClient);
    }

    void passed(ProxyConnection connection) {
        if (stopping != null && connection.isIdle()) {
            connection.close();
        }
    }

    void ended(ProxyConnection connection) {
        open.remove(connection);
        if (stopping != null && open.isEmpty()) {
            stopping.tryComplete();
        }
    }

    /** Takes no further connection, lets the calls under way end within a limit, and closes. */
    Future<Void> stop() {
        Promise<Void> drained = Promise.promise();
        stopping = drained;
        Set.copyOf(open).stream().filter(ProxyConnection::isIdle).forEach(ProxyConnection::close);
        if (open.isEmpty()) {
            drained.tryComplete();
        }
        Timers.Cancellable limit = timers.schedule(STOP_LIMIT, drained::tryComplete);
        return drained.future()
                .onComplete(ended -> limit.cancel())
                .eventually(() -> Future.join(server.close(), client.close()))
                .mapEmpty();
    }

    /** Bytes of request bodies that are held now. */
    long copiedBytes() {
        return budget.taken();
    }
}
