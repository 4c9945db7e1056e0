package io.cloudland.callback.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;

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

    /** A request for a proxy of SOCKS, which is asked for an address as such only where it stands without brackets. */
    RequestOptions toBySocks(InetAddress address) {
        return unpinned().setServer(SocketAddress.inetSocketAddress(target.port(), NetUtil.toAddressString(address)));
    }

    /** A request that goes to this address. */
    RequestOptions to(InetAddress address) {
        return unpinned().setServer(SocketAddress.inetSocketAddress(target.port(), numeric(address)));
    }

    /** The address in numbers, of which nothing has to be resolved; the client takes one of IPv6 in brackets alone. */
    private static String numeric(InetAddress address) {
        String numeric = NetUtil.toAddressString(address);
        return address instanceof Inet6Address ? "[" + numeric + "]" : numeric;
    }
}
