package io.cloudland.callback;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.SigningSecret;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The signing secrets of every endpoint as the configuration has them now. Any thread. */
final class EndpointSecrets {

    private volatile Map<String, Endpoint> byName;

    EndpointSecrets(List<Endpoint> endpoints) {
        byName = byName(endpoints);
    }

    private static Map<String, Endpoint> byName(List<Endpoint> endpoints) {
        return endpoints.stream().collect(Collectors.toUnmodifiableMap(Endpoint::name, Function.identity()));
    }

    /** Puts other secrets in force, from the next attempt on. Returns the names of the endpoints whose secrets changed. */
    List<String> use(List<Endpoint> endpoints) {
        Map<String, Endpoint> before = byName;
        byName = byName(endpoints);
        return endpoints.stream()
                .filter(endpoint -> !endpoint.secrets().equals(secretsOf(before.get(endpoint.name()))))
                .map(Endpoint::name)
                .toList();
    }

    private static List<SigningSecret> secretsOf(@Nullable Endpoint endpoint) {
        return endpoint == null ? List.of() : endpoint.secrets();
    }

    /**
     * What a sender asks at each attempt. Only it may ask, on its event loop.
     *
     * @param endpoint as the sender knows it
     */
    Supplier<List<SigningSecret>> of(Endpoint endpoint) {
        return new OfSender(endpoint);
    }

    /**
     * The secrets of an endpoint for as long as it is served as it was. Once it has moved, those that came with the new address
     * are for the sender that comes next: this one goes on to the old address for a while, where they are not known yet.
     */
    private final class OfSender implements Supplier<List<SigningSecret>> {

        private final Endpoint endpoint;
        private Endpoint seen;
        private List<SigningSecret> inForce;

        OfSender(Endpoint endpoint) {
            this.endpoint = endpoint;
            this.seen = endpoint;
            this.inForce = endpoint.secrets();
        }

        @Override
        public List<SigningSecret> get() {
            Endpoint now = byName.getOrDefault(endpoint.name(), seen);
            if (!now.equals(seen)) { // As a rule the very same object, which costs nothing to compare.
                inForce = now.isServedLike(endpoint) ? now.secrets() : inForce;
            }
            seen = now;
            return inForce;
        }
    }
}
