package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the {@code workers}: delivers the events of its share of the slots to every endpoint, many at a time.
 *
 * <p>A slot belongs to the worker {@code slot % workers}, so that one resource is always in one pair of hands.
 */
public final class DeliveryVerticle extends VerticleBase {

    private final Worker worker;
    private final List<Endpoint> endpoints;
    private final SenderFactory senders;
    private final EndpointFlows flows;
    private final Surroundings around;
    private final List<EndpointLane> lanes = new ArrayList<>();

    /**
     * Which worker this is.
     *
     * @param index 0 to {@code count - 1}
     * @param stopLimit how long a stop may take to bring in what is under way
     * @param upstreamDone completes when no more events come in; a stop waits for it
     */
    public record Worker(int index, int count, Duration stopLimit, Future<Void> upstreamDone) {
        boolean owns(int slot) {
            return slot % count == index;
        }
    }

    /** Makes the sender of one endpoint, on the context it will be used on. */
    @FunctionalInterface
    public interface SenderFactory {
        AttemptSender create(Endpoint endpoint, int maxInFlight);
    }

    public DeliveryVerticle(
            Worker worker,
            List<Endpoint> endpoints,
            EventStore store,
            SenderFactory senders,
            EndpointFlows flows,
            SafeListeners listeners,
            Timers timers,
            TimeSource time) {
        this.worker = worker;
        this.endpoints = List.copyOf(endpoints);
        this.senders = senders;
        this.flows = flows;
        this.around = new Surroundings(store, listeners, timers, time);
    }

    @Override
    public Future<?> start() {
        endpoints.forEach(endpoint -> lanes.add(open(endpoint)));
        SlotSignals signals = new SlotSignals(this::onLoop, this::read);
        around.store().listen(slot -> {
            if (worker.owns(slot)) {
                signals.raise(slot);
            }
        });
        for (int slot = worker.index(); slot < ResourceRef.SLOTS; slot += worker.count()) {
            read(slot);
        }
        return Future.succeededFuture();
    }

    private EndpointLane open(Endpoint endpoint) {
        int share = EndpointGate.shareOf(endpoint.maxInFlight(), worker.index(), worker.count());
        LaneFlow flow = new LaneFlow(flows.of(endpoint), this::onLoop, around.timers(), around.time());
        return new EndpointLane(endpoint, senders.create(endpoint, share), flow, share, worker.count(), around);
    }

    private void onLoop(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    private void read(int slot) {
        lanes.forEach(lane -> lane.read(slot));
    }

    @Override
    public Future<?> stop() {
        Promise<Void> quiet = Promise.promise();
        Timers.Cancellable limit = around.timers().schedule(worker.stopLimit(), quiet::tryComplete);
        worker.upstreamDone().onComplete(done -> context.runOnContext(ignored -> quieten(quiet)));
        return quiet.future().onComplete(done -> limit.cancel()).eventually(this::closeLanes);
    }

    private void quieten(Promise<Void> quiet) {
        lanes.forEach(lane -> lane.quieten(() -> completeWhenQuiet(quiet)));
        completeWhenQuiet(quiet);
    }

    private void completeWhenQuiet(Promise<Void> quiet) {
        if (lanes.stream().allMatch(EndpointLane::isQuiet)) {
            quiet.tryComplete();
        }
    }

    private Future<?> closeLanes() {
        return Future.join(lanes.stream().map(EndpointLane::close).toList());
    }
}
