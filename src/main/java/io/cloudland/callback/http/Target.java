package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Endpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where an endpoint's requests go: its URL taken apart, with path and query exactly as written where they are ASCII.
 *
 * @param host as it stands in the {@code Host} header and as the client wants it: an IPv6 address in brackets
 * @param requestUri path and query, never empty
 * @param serverName the name that the TLS handshake asks for and the certificate must have, where it is not the host
 */
record Target(String host, int port, boolean tls, String requestUri, Optional<String> serverName) {

    /**
     * Takes an endpoint's URL apart.
     *
     * @throws CallbackException {@code CONFIG_INVALID} where the URL is not absolute http or https with a host
     */
    static Target of(Endpoint endpoint) {
        URI url = endpoint.url();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String authority = url.getRawAuthority();
        if ((!tls && !"http".equalsIgnoreCase(url.getScheme())) || authority == null) {
            throw notUsable(endpoint);
        }
        return ofAuthority(endpoint, authority.substring(authority.lastIndexOf('@') + 1), tls);
    }

    /** URI itself knows no host with an underscore, which names inside container networks often have. */
    private static Target ofAuthority(Endpoint endpoint, String authority, boolean tls) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        String port = hasPort ? authority.substring(colon + 1) : "";
        if (host.isEmpty() || !port.matches("[0-9]{0,5}")) {
            throw notUsable(endpoint);
        }
        int number = port.isEmpty() ? (tls ? 443 : 80) : Integer.parseInt(port);
        Optional<String> serverName = endpoint.connection().tls().serverName().filter(name -> tls);
        return new Target(host, number, tls, requestUri(endpoint.url()), serverName);
    }

    /** What is not ASCII goes out percent-encoded: raw it would be another path to each receiver, and {@code ?} in HTTP/2. */
    private static String requestUri(URI written) {
        URI url = URI.create(written.toASCIIString());
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private static CallbackException notUsable(Endpoint endpoint) {
        return new CallbackException(
                ErrorCode.CONFIG_INVALID,
                "the url of endpoint '" + endpoint.name()
                        + "' must be http://host or https://host, with a port if need be");
    }

    /**
     * What the HTTP client is asked for; may be used for any number of requests.
     *
     * @param connectTimeoutMillis bounds the wait for a connection
     */
    RequestOptions toRequestOptions(long connectTimeoutMillis) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                // The client takes the host of the handshake from here, and whom it connects to from the server.
                .setHost(serverName.orElse(host))
                .setServer(SocketAddress.inetSocketAddress(port, host))
                .setPort(port)
                .setSsl(tls)
                .setURI(requestUri)
                .setFollowRedirects(false)
                .setConnectTimeout(connectTimeoutMillis);
    }

    /** What the {@code Host} header must say where the client would take it from the TLS handshake. */
    Optional<HostAndPort> authority() {
        return serverName.map(name -> HostAndPort.create(host, port));
    }
}
