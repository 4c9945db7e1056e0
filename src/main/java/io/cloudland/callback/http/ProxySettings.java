package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
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
            case HTTP -> ProxyType.HTTP;
            case SOCKS5 -> ProxyType.SOCKS5;
            case HTTPS -> https();
        };
    }

    /** Vert.x 5.0 and 5.1 speak to no proxy inside TLS. */
    private static ProxyType https() {
        try {
            return ProxyType.valueOf("HTTPS");
        } catch (IllegalArgumentException unknown) {
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "a proxy that is spoken to over https takes Vert.x 5.2 or newer, this is an older one; use http:// or"
                            + " socks5:// for it");
        }
    }
}
