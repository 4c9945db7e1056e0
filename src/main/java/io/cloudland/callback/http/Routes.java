package io.cloudland.callback.http;

import io.cloudland.callback.model.ConnectionOptions;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import java.net.InetAddress;
import java.util.Optional;

/** Finds the route of each request to one endpoint. Confined to the sender's event loop. */
interface Routes {

    /** The route of the next request; fails where the endpoint's name cannot be resolved. */
    Future<Route> next();

    /** Notes that there is a connection by that route. */
    default void connected(Route route) {}

    /** Notes that nobody could connect by that route. */
    void couldNotConnect(Route route);

    /** Why a request broke that had been let through to here; empty where its own failure tells all. */
    default Optional<String> whyBroken(HttpClientRequest request) {
        return Optional.empty();
    }

    /**
     * The routes to a target: straight to a checked address, or through the proxy, which resolves names itself.
     *
     * @param relay leads to the proxy where that is spoken to in TLS
     * @param connectTimeoutMillis bounds the wait for a connection
     */
    static Routes to(
            Target target,
            ConnectionOptions connection,
            Optional<ProxyRelay> relay,
            long connectTimeoutMillis,
            HostResolver resolver,
            TimeSource time) {
        AddressPolicy policy = new AddressPolicy(connection.addresses());
        PinnedRequests requests = new PinnedRequests(target, connectTimeoutMillis);
        if (connection.proxy().isPresent()) {
            FixedRoute route =
                    FixedRoute.throughProxy(target, connection.proxy().get().kind(), policy, requests);
            return relay.<Routes>map(tls -> new RelayedRoute(route, requests, tls))
                    .orElse(route);
        }
        Optional<InetAddress> literal = HostLiteral.parse(target.host());
        return literal.isPresent()
                ? FixedRoute.toAddress(target, literal.get(), policy, requests)
                : new ResolvedRoutes(target, requests, policy, resolver, time);
    }
}
