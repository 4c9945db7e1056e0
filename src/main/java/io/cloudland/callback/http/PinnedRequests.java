package io.cloudland.callback.http;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Makes requests that go to one address, whatever the name in their {@code Host} header and certificate resolves to.
 *
 * @param connectTimeoutMillis bounds the wait for a connection
 */
record PinnedRequests(Target target, long connectTimeoutMillis) {

    /** A request for whoever resolves the name itself. */
    RequestOptions unpinned() {
        return target.toRequestOptions(connectTimeoutMillis);
    }

    /** A request that goes to this address. */
    RequestOptions to(InetAddress address) {
        return unpinned()
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(nameless(address), target.port())));
    }

    /** The client tells connections apart by the name that an address carries, if it carries one. */
    private static InetAddress nameless(InetAddress address) {
        boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
        return scoped ? address : HostLiteral.ofBytes(address.getAddress());
    }
}
