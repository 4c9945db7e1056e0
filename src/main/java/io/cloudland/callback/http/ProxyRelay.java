package io.cloudland.callback.http;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a proxy that is spoken to in TLS, which the HTTP client itself does not speak to proxies: a port on the
 * loopback that the client takes for its proxy, from where each connection goes on to the real one.
 *
 * <p>Only the sender's own connections go through: each must begin with what only the sender knows. Confined to the sender's
 * event loop.
 */
final class ProxyRelay {

    /** Stands before our own words where an answer can only come from here. */
    static final String MARK = "relay: ";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_FAILURES_KEPT = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProxyServer proxy;
    private final Timers timers;
    private final NetServer server;
    private final NetClient client;
    private final ProxyOptions asSeen;
    private final String expected;
    private final Map<Integer, String> failures = new LinkedHashMap<>();
    private @Nullable Future<ProxyOptions> opening;

    ProxyRelay(Vertx vertx, Endpoint endpoint, ProxyServer proxy, int timeoutMillis, Timers timers) {
        this.proxy = proxy;
        this.timers = timers;
        this.server = vertx.createNetServer(new NetServerOptions()
                .setHost(LOOPBACK)
                .setPort(0)
                .setTcpNoDelay(true)
                .setWriteIdleTimeout(2 * timeoutMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        this.client = vertx.createNetClient(options(endpoint, timeoutMillis));
        String user = proxy.user().orElse("cloudland-callback");
        String password =
                proxy.user().isPresent() ? proxy.password().map(Secret::value).orElse("") : randomPassword();
        this.asSeen = new ProxyOptions()
                .setHost(LOOPBACK)
                .setUsername(user)
                .setPassword(password)
                .setConnectTimeout(Duration.ofMillis(timeoutMillis));
        this.expected = RelayedHead.credentials(user, password);
    }

    private static NetClientOptions options(Endpoint endpoint, int timeoutMillis) {
        NetClientOptions options = new NetClientOptions()
                .setTcpNoDelay(true)
                .setConnectTimeout(timeoutMillis)
                .setSslHandshakeTimeout(timeoutMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // A side that does not read would hold the other for ever; see ClientSettings.
                .setWriteIdleTimeout(2 * timeoutMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        TlsSettings.applyToProxy(endpoint.connection().tls(), options);
        return options;
    }

    /** Nobody else on this machine is to use our way to the proxy, where the proxy itself asks for no password. */
    private static String randomPassword() {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    /** The proxy as the HTTP client is to see it; listens from the first call on. */
    Future<ProxyOptions> open() {
        Future<ProxyOptions> known = opening;
        if (known == null || known.failed()) {
            known = server.connectHandler(this::accepted)
                    .listen()
                    .map(listening -> asSeen.setPort(listening.actualPort()));
            opening = known;
        }
        return known;
    }

    private void accepted(NetSocket socket) {
        new RelayedConnection(this, socket).begin(timers);
    }

    Future<NetSocket> connect() {
        return client.connect(proxy.port(), proxy.host());
    }

    boolean isOurs(RelayedHead head) {
        return head.carries(expected);
    }

    String reasonOf(Throwable failure) {
        return FailureReason.of(failure, proxy.host(), FailureReason.Stage.CONNECTING)
                .replace("the endpoint", "the proxy")
                .replace(", ", "; "); // A comma parts what the client's proxy handler says.
    }

    /** Keeps why a connection of the HTTP client came to nothing, where no answer can tell it. */
    void note(int clientPort, String reason) {
        failures.put(clientPort, "proxy: " + reason);
        if (failures.size() > MAX_FAILURES_KEPT) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** Why the connection from that port came to nothing; told once. */
    Optional<String> failureOf(int clientPort) {
        return Optional.ofNullable(failures.remove(clientPort));
    }

    Future<Void> close() {
        return server.close().eventually(client::close);
    }
}
