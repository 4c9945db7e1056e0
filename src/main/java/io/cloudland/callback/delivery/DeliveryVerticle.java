package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of the {@code workers}: delivers the events of its share of the slots to every endpoint, many at a time.
 *
 * <p>A slot belongs to the worker {@code slot % workers}, so that one resource is always in one pair of hands.
 */
public final class DeliveryVerticle extends VerticleBase {

    private final Worker worker;
    private final List<Endpoint> endpoints;
    private final EventStore store;
    private final SenderFactory senders;
    private final DeliveryListener listener;
    private final Timers timers;
    private final TimeSource time;
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
            DeliveryListener listener,
            Timers timers,
            TimeSource time) {
        this.worker = worker;
        this.endpoints = List.copyOf(endpoints);
        this.store = store;
        this.senders = senders;
        this.listener = listener;
        this.timers = timers;
        this.time = time;
    }

    @Override
    public Future<?> start() {
        endpoints.forEach(endpoint -> lanes.add(open(endpoint)));
        Context loop = context;
        SlotSignals signals = new SlotSignals(action -> loop.runOnContext(ignored -> action.run()), this::read);
        store.listen(slot -> {
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
        AttemptSender sender = senders.create(endpoint, share);
        Lane lane = new Lane(
                store,
                sender,
                new OutcomeClassifier(new RetryPolicy(endpoint.retries(), new SplittableRandom()::nextDouble)),
                new EndpointGate(share),
                timers,
                time,
                listener);
        return new EndpointLane(sender, lane, new SlotReader(store, endpoint.name(), timers, lane::accept));
    }

    private record EndpointLane(AttemptSender sender, Lane lane, SlotReader reader) {
        Future<Void> close() {
            reader.close();
            lane.close();
            return sender.close();
        }
    }

    private void read(int slot) {
        lanes.forEach(lane -> lane.reader().read(slot));
    }

    @Override
    public Future<?> stop() {
        Promise<Void> quiet = Promise.promise();
        Timers.Cancellable limit = timers.schedule(worker.stopLimit(), quiet::tryComplete);
        worker.upstreamDone().onComplete(done -> context.runOnContext(ignored -> quieten(quiet)));
        return quiet.future().onComplete(done -> limit.cancel()).eventually(this::closeLanes);
    }

    /** Lets attempts end; with a store that forgets, everything that waits is still tried while the limit lasts. */
    private void quieten(Promise<Void> quiet) {
        if (store.durable()) {
            lanes.forEach(lane -> lane.lane().stopLaunching());
        }
        lanes.forEach(lane -> lane.lane().afterEachAttempt(() -> completeWhenQuiet(quiet)));
        completeWhenQuiet(quiet);
    }

    private void completeWhenQuiet(Promise<Void> quiet) {
        boolean nothingLeft = lanes.stream()
                .map(EndpointLane::lane)
                .allMatch(lane -> lane.inFlight() == 0 && (store.durable() || lane.open() == 0));
        if (nothingLeft) {
            quiet.tryComplete();
        }
    }

    private Future<?> closeLanes() {
        return Future.join(lanes.stream().map(EndpointLane::close).toList());
    }
}
