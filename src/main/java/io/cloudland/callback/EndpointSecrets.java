package io.cloudland.callback;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.SigningSecret;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The signing secrets of every endpoint as the configuration has them now. Any thread. */
final class EndpointSecrets {

    private volatile Map<String, List<SigningSecret>> byEndpoint;

    EndpointSecrets(List<Endpoint> endpoints) {
        byEndpoint = byName(endpoints);
    }

    private static Map<String, List<SigningSecret>> byName(List<Endpoint> endpoints) {
        return endpoints.stream().collect(Collectors.toUnmodifiableMap(Endpoint::name, Endpoint::secrets));
    }

    /** Puts other secrets in force, from the next attempt on. Returns the names of the endpoints whose secrets changed. */
    List<String> use(List<Endpoint> endpoints) {
        Map<String, List<SigningSecret>> before = byEndpoint;
        byEndpoint = byName(endpoints);
        return endpoints.stream()
                .filter(endpoint -> !endpoint.secrets().equals(before.getOrDefault(endpoint.name(), List.of())))
                .map(Endpoint::name)
                .toList();
    }

    /**
     * What a sender asks at each attempt.
     *
     * @param endpoint as the sender knows it; its own secrets count where the configuration no longer names it
     */
    Supplier<List<SigningSecret>> of(Endpoint endpoint) {
        return () -> byEndpoint.getOrDefault(endpoint.name(), endpoint.secrets());
    }
}
