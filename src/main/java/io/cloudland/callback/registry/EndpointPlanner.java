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
import java.util.Objects;

/** Plans a delivery to every endpoint that is owed an event, and renders the event once per distinct format. Immutable. */
public final class EndpointPlanner implements DeliveryPlanner {

    private final EndpointMatcher matcher;
    private final Map<String, Format> byEndpoint;

    private record Format(String name, PayloadRenderer renderer) {

        /** A host's format that fails costs its own endpoints the event, which they have as a dead letter, and no other. */
        Payload render(ResourceChangeEvent event) {
            try {
                return Objects.requireNonNull(renderer.render(event), "it gave null");
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
                return Payload.unrendered("the format " + name + " failed: " + defect);
            }
        }
    }

    /**
     * @param renderers by format name
     * @throws CallbackException {@code CONFIG_INVALID} where an endpoint's format has no renderer
     */
    public EndpointPlanner(List<Endpoint> endpoints, Map<String, PayloadRenderer> renderers) {
        this.matcher = new EndpointMatcher(endpoints);
        Map<String, Format> chosen = new HashMap<>();
        endpoints.forEach(endpoint ->
                chosen.put(endpoint.name(), new Format(endpoint.format(), rendererOf(endpoint, renderers))));
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
        Map<Format, Payload> rendered = new HashMap<>();
        List<PlannedDelivery> planned = new ArrayList<>(owed.size());
        for (String endpoint : owed) {
            Payload payload = rendered.computeIfAbsent(format(endpoint), format -> format.render(event));
            planned.add(new PlannedDelivery(endpoint, payload));
        }
        return planned;
    }

    private Format format(String endpoint) {
        Format format = byEndpoint.get(endpoint);
        if (format == null) {
            throw new IllegalStateException("no format for endpoint " + endpoint);
        }
        return format;
    }
}
