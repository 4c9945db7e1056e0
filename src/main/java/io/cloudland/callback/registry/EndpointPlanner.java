package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.PlannedDelivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans a delivery to every endpoint that is owed an event, and renders the event once per distinct format. Immutable. */
public final class EndpointPlanner implements DeliveryPlanner {

    private final EndpointMatcher matcher;
    private final Map<String, PayloadRenderer> byEndpoint;

    /**
     * @param renderers by format name
     * @throws CallbackException {@code CONFIG_INVALID} where an endpoint's format has no renderer
     */
    public EndpointPlanner(List<Endpoint> endpoints, Map<String, PayloadRenderer> renderers) {
        this.matcher = new EndpointMatcher(endpoints);
        Map<String, PayloadRenderer> chosen = new HashMap<>();
        endpoints.forEach(endpoint -> chosen.put(endpoint.name(), rendererOf(endpoint, renderers)));
        this.byEndpoint = Map.copyOf(chosen);
    }

    private static PayloadRenderer rendererOf(Endpoint endpoint, Map<String, PayloadRenderer> renderers) {
        PayloadRenderer renderer = renderers.get(endpoint.format());
        if (renderer == null) {
            throw new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "endpoint " + endpoint.name() + ": format " + CommandArguments.shown(endpoint.format())
                            + " is not one of "
                            + renderers.keySet().stream().sorted().toList());
        }
        return renderer;
    }

    @Override
    public List<PlannedDelivery> plan(ResourceChangeEvent event) {
        List<String> owed = matcher.match(event);
        Map<PayloadRenderer, Payload> rendered = new HashMap<>();
        List<PlannedDelivery> planned = new ArrayList<>(owed.size());
        for (String endpoint : owed) {
            Payload payload = rendered.computeIfAbsent(renderer(endpoint), renderer -> renderer.render(event));
            planned.add(new PlannedDelivery(endpoint, payload));
        }
        return planned;
    }

    private PayloadRenderer renderer(String endpoint) {
        PayloadRenderer renderer = byEndpoint.get(endpoint);
        if (renderer == null) {
            throw new IllegalStateException("no renderer for endpoint " + endpoint);
        }
        return renderer;
    }
}
