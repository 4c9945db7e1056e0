package io.cloudland.callback.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one route to an endpoint through a proxy that is spoken to in TLS. Confined to the sender's event loop. */
final class RelayedRoute implements Routes {

    private final FixedRoute checked;
    private final PinnedRequests requests;
    private final ProxyRelay relay;
    private @Nullable Future<Route> route;

    /**
     * @param checked the same route without the relay: refused, or not
     */
    RelayedRoute(FixedRoute checked, PinnedRequests requests, ProxyRelay relay) {
        this.checked = checked;
        this.requests = requests;
        this.relay = relay;
    }

    @Override
    public Future<Route> next() {
        if (checked.isRefused()) {
            return checked.next();
        }
        Future<Route> known = route;
        if (known == null || known.failed()) {
            known = relay.open().map(proxy -> new Route.To(requests.unpinned().setProxyOptions(proxy)));
            route = known;
        }
        return known;
    }

    @Override
    public void couldNotConnect(Route tried) {}

    @Override
    public Optional<String> whyBroken(HttpClientRequest request) {
        return relay.failureOf(request.connection().localAddress().port());
    }
}
