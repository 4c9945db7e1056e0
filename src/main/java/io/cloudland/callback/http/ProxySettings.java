package io.cloudland.callback.http;

import io.cloudland.callback.model.ProxyServer;
import io.cloudland.callback.model.Secret;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.time.Duration;

/** Tells the HTTP client about an endpoint's proxy. */
final class ProxySettings {

    private ProxySettings() {}

    static ProxyOptions of(ProxyServer proxy, long connectTimeoutMillis) {
        ProxyOptions options = new ProxyOptions()
                .setType(type(proxy.kind()))
                .setHost(proxy.host())
                .setPort(proxy.port())
                .setConnectTimeout(Duration.ofMillis(connectTimeoutMillis));
        proxy.user()
                .ifPresent(user -> options.setUsername(user)
                        .setPassword(proxy.password().map(Secret::value).orElse("")));
        return options;
    }

    private static ProxyType type(ProxyServer.Kind kind) {
        return switch (kind) {
            case HTTP, HTTPS -> ProxyType.HTTP;
            case SOCKS5 -> ProxyType.SOCKS5;
        };
    }
}
