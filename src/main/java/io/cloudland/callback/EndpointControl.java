package io.cloudland.callback;

import io.cloudland.callback.delivery.EndpointFlows;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The endpoints of a running service as its host and its operator see and switch them. Any thread. */
final class EndpointControl {

    private final Supplier<List<Endpoint>> endpoints;
    private final EndpointFlows flows;

    /**
     * @param endpoints all of them as they are configured now, in that order
     * @param flows those of the enabled ones
     */
    EndpointControl(Supplier<List<Endpoint>> endpoints, EndpointFlows flows) {
        this.endpoints = endpoints;
        this.flows = flows;
    }

    /** Whether there is one of that name, enabled or not. */
    boolean has(String name) {
        return endpoints.get().stream().anyMatch(endpoint -> endpoint.name().equals(name));
    }

    List<EndpointStatus> statuses() {
        Map<String, EndpointStatus> running =
                flows.statuses().stream().collect(Collectors.toMap(EndpointStatus::name, Function.identity()));
        return endpoints.get().stream()
                .map(endpoint -> running.getOrDefault(endpoint.name(), EndpointStatus.disabled(endpoint.name())))
                .toList();
    }

    Optional<EndpointStatus> pause(String name) {
        return flows.pause(name);
    }

    Optional<EndpointStatus> resume(String name) {
        return flows.resume(name);
    }
}
