package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends attempts to one endpoint on connections that are kept and reused.
 *
 * <p>The endpoint's timeout is one deadline over resolving its name, the wait for a connection, connecting, sending and the
 * whole answer. Connections go to addresses that its rules allow, and to no other. Redirects are answers, not followed. Of
 * an answer at most 64 KiB are read; whoever sends more is cut off, and counts as having answered with the status that it
 * sent.
 *
 * <p>Made and used on one event loop: its connections live on that loop too, so that no attempt changes threads.
 */
public final class HttpAttemptSender implements AttemptSender {

    /** The outcome of an attempt that our own stop cut short, and that therefore counts for nothing. */
    public static final AttemptOutcome CUT_SHORT = new AttemptOutcome.Failed("cut short by our own stop");

    /** The client stumbles where its wait for a connection and its connect end in the same millisecond. */
    private static final int WAIT_MARGIN_MILLIS = 50;

    private final HttpClient client;
    private final Optional<ProxyRelay> relay;
    private final UnderWay underWay;
    private final SilentConnections silent;
    private final ExchangeSetting setting;
    private final RequestHeaders headers;
    private final BooleanSupplier mayStart;
    private boolean closed;

    /**
     * Makes a sender that signs with the endpoint's secrets as they are now; nothing is connected yet.
     *
     * @param maxConnections how many connections it may hold at once, 1 or more
     * @throws io.cloudland.callback.error.CallbackException {@code CONFIG_INVALID} where the URL cannot be used
     */
    public HttpAttemptSender(Vertx vertx, Endpoint endpoint, int maxConnections, Timers timers, TimeSource time) {
        this(vertx, endpoint, endpoint::secrets, maxConnections, timers, time, () -> true);
    }

    /**
     * Makes a sender; nothing is connected yet.
     *
     * @param secrets asked at each attempt, so that they can change while the sender lives; must answer at once
     * @param maxConnections how many connections it may hold at once, 1 or more
     * @param mayStart whether this node may still send, asked at each attempt once more when it has a connection; must answer at
     *     once. Where not, the attempt ends as {@link AttemptSender#NOT_SENT}
     * @throws io.cloudland.callback.error.CallbackException {@code CONFIG_INVALID} where the URL cannot be used
     */
    public HttpAttemptSender(
            Vertx vertx,
            Endpoint endpoint,
            Supplier<List<SigningSecret>> secrets,
            int maxConnections,
            Timers timers,
            TimeSource time,
            BooleanSupplier mayStart) {
        this(vertx, endpoint, secrets, maxConnections, timers, time, mayStart, new VertxHostResolver(vertx));
    }

    HttpAttemptSender(
            Vertx vertx,
            Endpoint endpoint,
            Supplier<List<SigningSecret>> secrets,
            int maxConnections,
            Timers timers,
            TimeSource time,
            BooleanSupplier mayStart,
            HostResolver resolver) {
        this.mayStart = mayStart;
        this.underWay = new UnderWay(timers, time, endpoint.timeout());
        this.silent = new SilentConnections(timers);
        FreshConnections fresh = new FreshConnections();
        Target target = Target.of(endpoint);
        int timeoutMillis = millisOf(endpoint.timeout());
        relay = endpoint.connection()
                .proxy()
                .filter(proxy -> proxy.kind() == ProxyServer.Kind.HTTPS)
                .map(proxy -> new ProxyRelay(vertx, endpoint, proxy, timeoutMillis, timers));
        client = vertx.httpClientBuilder()
                .with(ClientSettings.clientOptions(endpoint, target, timeoutMillis))
                .with(ClientSettings.poolOptions(maxConnections))
                .withConnectHandler(fresh::opened)
                .build();
        setting = new ExchangeSetting(
                new NextTurn(vertx.getOrCreateContext()),
                client,
                target,
                Routes.to(target, endpoint.connection(), relay, timeoutMillis + WAIT_MARGIN_MILLIS, resolver, time),
                fresh,
                silent,
                underWay);
        headers = new RequestHeaders(endpoint, secrets);
    }

    private static int millisOf(Duration timeout) {
        return (int) Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE / 2));
    }

    @Override
    public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
        return closed
                ? Future.succeededFuture(CUT_SHORT)
                : Exchange.start(setting, new DeliveryRequest(headers, delivery, attemptNumber, startedAt, mayStart));
    }

    @Override
    public Future<HandshakeAnswer> handshake(HandshakeSettings asked, Instant startedAt) {
        HandshakeRequest request = new HandshakeRequest(headers, asked, startedAt);
        return closed
                ? Future.succeededFuture(request.judge(CUT_SHORT))
                : Exchange.start(setting, request).map(request::judge);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        underWay.breakOff(CUT_SHORT);
        silent.stop();
        return client.close().eventually(() -> relay.map(ProxyRelay::close).orElseGet(Future::succeededFuture));
    }
}
