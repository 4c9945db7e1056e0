package io.cloudland.callback.model;

import java.util.Optional;

/**
 * A proxy through which an endpoint is reached.
 *
 * @param host a name or an address, without brackets
 * @param user who we are to the proxy, where it asks
 */
public record ProxyServer(Kind kind, String host, int port, Optional<String> user, Optional<Secret> password) {

    /** How the proxy is spoken to. */
    public enum Kind {
        /** HTTP; requests to https endpoints pass through a tunnel. */
        HTTP,
        /** As by {@link #HTTP}, inside TLS. */
        HTTPS,
        /** SOCKS version 5. */
        SOCKS5
    }
}
