package io.cloudland.callback.http;

import io.cloudland.callback.model.ConnectionOptions.Protocol;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ProxyServer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;

/** The limits and habits of the HTTP client of one endpoint. */
final class ClientSettings {

    private static final int MAX_WAITING_PER_CONNECTION = 16;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int MAX_LIFETIME_MINUTES = 10;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_STATUS_LINE_BYTES = 4096;

    private ClientSettings() {}

    static HttpClientOptions clientOptions(Endpoint endpoint, Target target, int timeoutMillis) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(target.tls())
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpNoDelay(true)
                // Nothing compressed is asked for, and what comes compressed all the same is never unpacked.
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                // An attempt to connect that outlives its exchange ends with these, and so frees its place in the pool.
                .setConnectTimeout(timeoutMillis)
                .setSslHandshakeTimeout(timeoutMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // Closing waits for what is written to be flushed: an endpoint that does not read would hold it for
                // ever.
                .setWriteIdleTimeout(2 * timeoutMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        TlsSettings.apply(endpoint, options);
        applyProtocol(endpoint, target, options);
        endpoint.connection()
                .proxy()
                .filter(proxy -> proxy.kind() != ProxyServer.Kind.HTTPS) // Which has a relay, told with each request.
                .ifPresent(proxy -> options.setProxyOptions(ProxySettings.of(proxy, timeoutMillis)));
        return options;
    }

    /** Without TLS there is no handshake to agree on HTTP/2 in, and guessing would break an endpoint of HTTP/1.1. */
    private static void applyProtocol(Endpoint endpoint, Target target, HttpClientOptions options) {
        if (target.tls() && endpoint.connection().protocol() == Protocol.HTTP_2) {
            options.setProtocolVersion(HttpVersion.HTTP_2)
                    .setUseAlpn(true)
                    .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
                    .setInitialSettings(
                            new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(MAX_HEADER_BYTES));
        }
    }

    static PoolOptions poolOptions(int maxConnections) {
        return new PoolOptions()
                .setHttp1MaxSize(maxConnections)
                .setMaxWaitQueueSize(maxConnections * MAX_WAITING_PER_CONNECTION)
                .setMaxLifetime(MAX_LIFETIME_MINUTES)
                .setMaxLifetimeUnit(TimeUnit.MINUTES);
    }
}
