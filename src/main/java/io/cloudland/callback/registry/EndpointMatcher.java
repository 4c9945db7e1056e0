package io.cloudland.callback.registry;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.util.List;

/** Decides which endpoints are owed an event: all of them. Pure. */
final class EndpointMatcher {

    private final List<String> names;

    EndpointMatcher(List<Endpoint> endpoints) {
        this.names = endpoints.stream().map(Endpoint::name).toList();
    }

    /** The names of the endpoints that are owed {@code event}, in the order of the configuration. */
    @SuppressWarnings("UnusedVariable") // No endpoint has a filter yet; the event is what one will look at.
    List<String> match(ResourceChangeEvent event) {
        return names;
    }
}
