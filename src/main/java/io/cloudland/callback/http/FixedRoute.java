package io.cloudland.callback.http;

import io.cloudland.callback.model.ProxyServer;
import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;

/**
 * The one route to an endpoint that is named by its address, or that a proxy finds.
 *
 * @param route already there
 */
record FixedRoute(Future<Route> route) implements Routes {

    /** Straight to an address. */
    static FixedRoute toAddress(Target target, InetAddress address, AddressPolicy policy, PinnedRequests requests) {
        return new FixedRoute(Future.succeededFuture(policy.refusal(address)
                .<Route>map(rule -> Route.Refused.of(target.host(), address, rule))
                .orElseGet(() -> new Route.To(requests.to(address)))));
    }

    /** Through a proxy. The proxy's own address is the operator's word and goes unchecked. */
    static FixedRoute throughProxy(
            Target target, ProxyServer.Kind kind, AddressPolicy policy, PinnedRequests requests) {
        return new FixedRoute(Future.succeededFuture(policy.refusalOfHost(target.host())
                .<Route>map(rule -> Route.Refused.of(target.host(), rule))
                .orElseGet(() -> new Route.To(
                        kind == ProxyServer.Kind.SOCKS5 ? bySocks(target, requests) : requests.unpinned()))));
    }

    private static RequestOptions bySocks(Target target, PinnedRequests requests) {
        return HostLiteral.parse(target.host()).map(requests::toBySocks).orElseGet(requests::unpinned);
    }

    boolean isRefused() {
        return route.result() instanceof Route.Refused;
    }

    @Override
    public Future<Route> next() {
        return route;
    }

    @Override
    public void couldNotConnect(Route tried) {}
}
