package io.cloudland.callback.delivery;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.time.TimeSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The flow of every endpoint that is delivered to, shared by all workers of a service. Any thread. */
public final class EndpointFlows {

    private final TimeSource time;
    private final LongSupplier pending;
    private volatile Map<String, EndpointFlow> byName = Map.of();

    /**
     * Nothing is held back at first.
     *
     * @param endpoints those that are delivered to
     * @param pending how many deliveries wait, to all of them; told when one is back
     */
    public EndpointFlows(List<Endpoint> endpoints, TimeSource time, LongSupplier pending) {
        this.time = time;
        this.pending = pending;
        use(endpoints, false);
    }

    /**
     * Knows these endpoints from now on. One that is served as before stays as it is; of one that changed, a pause by hand is
     * left.
     *
     * @param newLanes whether all of them get other lanes, who have nothing under way
     */
    public void use(List<Endpoint> endpoints, boolean newLanes) {
        Map<String, EndpointFlow> next = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> next.put(endpoint.name(), flow(endpoint, newLanes)));
        byName = Collections.unmodifiableMap(next);
    }

    /**
     * Knows those that are new among these, before there are lanes to them: who waits for a change before is told of already, and
     * can be paused.
     */
    public void expect(List<Endpoint> endpoints) {
        Map<String, EndpointFlow> next = new LinkedHashMap<>(byName);
        endpoints.stream()
                .filter(endpoint -> !next.containsKey(endpoint.name()))
                .forEach(endpoint -> next.put(endpoint.name(), flow(endpoint, false)));
        byName = Collections.unmodifiableMap(next);
    }

    private EndpointFlow flow(Endpoint endpoint, boolean newLanes) {
        EndpointFlow before = byName.get(endpoint.name());
        if (before != null && before.serves(endpoint) && !newLanes) {
            return before;
        }
        return before == null
                ? new EndpointFlow(endpoint, EndpointFlow.firstStateOf(endpoint, time), time, pending)
                : before.followedBy(endpoint);
    }

    EndpointFlow of(Endpoint endpoint) {
        EndpointFlow flow = byName.get(endpoint.name());
        if (flow == null) {
            throw new IllegalArgumentException("no flow was made for the endpoint " + endpoint.name());
        }
        return flow;
    }

    /** Where each endpoint stands. */
    public List<EndpointStatus> statuses() {
        return byName.values().stream().map(EndpointFlow::status).toList();
    }

    /** Starts nothing to an endpoint any more until it is resumed; empty where there is none of that name. */
    public Optional<EndpointStatus> pause(String name) {
        return on(name, EndpointFlow::pauseByHand);
    }

    /** Lifts whatever holds an endpoint back, and tries one that is parked at once; empty where there is none. */
    public Optional<EndpointStatus> resume(String name) {
        return on(name, EndpointFlow::resume);
    }

    /** The configuration of these has changed: one that said that it is gone is tried again. */
    public void reconfigured(Collection<String> names) {
        names.forEach(name -> on(name, EndpointFlow::reconfigured));
    }

    private Optional<EndpointStatus> on(String name, Consumer<EndpointFlow> action) {
        Optional<EndpointFlow> flow = Optional.ofNullable(byName.get(name));
        flow.ifPresent(action);
        return flow.map(EndpointFlow::status);
    }
}
