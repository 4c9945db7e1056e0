package io.cloudland.callback;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EventFilter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What of changed endpoints takes effect without a restart: their filters, and their secrets. Pure. */
final class TakenOver {

    private TakenOver() {}

    /** The running endpoints, each with the filter that the changed one of its name has. */
    static List<Endpoint> filters(List<Endpoint> running, List<Endpoint> changed) {
        Map<String, Endpoint> byName = changed.stream().collect(Collectors.toMap(Endpoint::name, Function.identity()));
        return running.stream()
                .map(endpoint -> endpoint.withFilter(
                        byName.getOrDefault(endpoint.name(), endpoint).filter()))
                .toList();
    }

    /** What is left for a restart to see. */
    static List<Endpoint> onlyWhatWaits(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.withFilter(EventFilter.EVERYTHING).withSecrets(List.of()))
                .toList();
    }
}
