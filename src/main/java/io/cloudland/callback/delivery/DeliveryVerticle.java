package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.time.HomeContext;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code workers}: delivers the events of its share of the slots to every endpoint, many at a time.
 *
 * <p>A slot of this node belongs to the worker {@code slot % workers}, so that one resource is always in one pair of hands.
 */
public final class DeliveryVerticle extends VerticleBase {

    private final Worker worker;
    private final List<Endpoint> first;
    private final SenderFactory senders;
    private final EndpointFlows flows;
    private final Surroundings around;
    private final Map<String, EndpointLane> lanes = new LinkedHashMap<>();
    private final AppendListener listener = this::appended;
    private volatile BitSet owned;
    private Future<Void> changing = Future.succeededFuture();
    private @Nullable SlotSignals signals;
    private boolean stopping;

    /**
     * Which worker this is.
     *
     * @param index 0 to {@code count - 1}
     * @param slots the node's, of which this worker has its part
     * @param stopLimit how long a stop may take to bring in what is under way
     * @param upstreamDone completes when no more events come in; a stop waits for it
     */
    public record Worker(int index, int count, OwnedSlots slots, Duration stopLimit, Future<Void> upstreamDone) {

        /** Its part of the node's slots. */
        BitSet partOf(BitSet nodesSlots) {
            BitSet part = new BitSet(ResourceRef.SLOTS);
            nodesSlots.stream().filter(slot -> slot % count == index).forEach(part::set);
            return part;
        }
    }

    /** Makes the sender of one endpoint, on the context it will be used on. */
    @FunctionalInterface
    public interface SenderFactory {
        AttemptSender create(Endpoint endpoint, int maxInFlight);
    }

    /** @param endpoints those to deliver to at first, see {@link #use} */
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
        this.first = List.copyOf(endpoints);
        this.senders = senders;
        this.flows = flows;
        this.around =
                new Surroundings(store, listeners, timers, time, worker.slots().isLive());
        this.owned = worker.partOf(worker.slots().first());
    }

    @Override
    public Future<?> start() {
        signals = new SlotSignals(this::onLoop, this::read);
        around.store().listen(listener);
        first.forEach(endpoint -> enter(open(endpoint)));
        return Future.succeededFuture();
    }

    private void appended(int slot) {
        SlotSignals raised = signals;
        if (raised != null && owned.get(slot)) {
            raised.raise(slot);
        }
    }

    /** A lane that reads nothing yet. */
    private EndpointLane open(Endpoint endpoint) {
        int share = EndpointGate.shareOf(endpoint.maxInFlight(), worker.index(), worker.count());
        LaneFlow flow = new LaneFlow(flows.of(endpoint), this::onLoop, around.timers(), around.time());
        return new EndpointLane(endpoint, senders.create(endpoint, share), flow, share, worker.count(), around);
    }

    private void enter(EndpointLane lane) {
        lanes.put(lane.endpoint().name(), lane);
        owned.stream().forEach(lane::read);
        lane.begin();
    }

    private void onLoop(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    private void read(int slot) {
        lanes.values().forEach(lane -> lane.read(slot));
    }

    /**
     * Delivers to these endpoints from now on. One that is new, or served in another way than before, starts with what is
     * pending; one that is not among them any more is left. What is under way to it ends first, so that nothing is sent twice
     * or out of order. Any thread.
     *
     * @return completes when it is so; fails where one of them could not be opened, which is then served as before or not at
     *     all, and does not touch the others
     */
    public Future<Void> use(List<Endpoint> endpoints) {
        return inTurn(() -> change(endpoints));
    }

    private Future<Void> inTurn(Supplier<Future<?>> change) {
        Promise<Void> changed = Promise.promise();
        context.runOnContext(here -> {
            // Whatever became of the change before: unlike "eventually" this tells what becomes of this one.
            changing = changing.transform(before -> change.get().mapEmpty());
            changing.onComplete(changed);
        });
        return changed.future();
    }

    /**
     * Delivers what lies in these slots of the node from now on, as far as they are this worker's part. Where one is taken away,
     * all lanes end what is under way and start anew: what waits in them is not sorted by slots. Any thread.
     *
     * @return completes when nothing is under way any more for any other slot
     */
    public Future<Void> own(BitSet nodesSlots) {
        BitSet part = worker.partOf(nodesSlots);
        return inTurn(() -> ownPart(part));
    }

    private Future<?> ownPart(BitSet part) {
        BitSet lost = (BitSet) owned.clone();
        lost.andNot(part);
        BitSet gained = (BitSet) part.clone();
        gained.andNot(owned);
        owned = part; // Replaced, never changed: appends look at it on their threads.
        if (!lost.isEmpty()) {
            return Future.join(
                    List.copyOf(lanes.values()).stream().map(this::renew).toList());
        }
        gained.stream().forEach(this::read);
        lanes.values().forEach(EndpointLane::goOn);
        return Future.succeededFuture();
    }

    private Future<?> renew(EndpointLane lane) {
        return leave(lane).compose(left -> opened(lane.endpoint())).onSuccess(this::enterUnlessStopping);
    }

    private Future<?> change(List<Endpoint> endpoints) {
        Map<String, Endpoint> wanted = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> wanted.put(endpoint.name(), endpoint));
        List<Future<?>> changes = new ArrayList<>();
        for (EndpointLane lane : List.copyOf(lanes.values())) {
            Endpoint next = wanted.remove(lane.endpoint().name());
            if (next == null) {
                changes.add(leave(lane));
            } else if (!next.isServedLike(lane.endpoint())) {
                changes.add(replace(lane, next));
            }
        }
        wanted.values().forEach(endpoint -> changes.add(opened(endpoint).onSuccess(this::enterUnlessStopping)));
        return Future.join(changes);
    }

    private Future<Void> leave(EndpointLane lane) {
        Duration limit = lane.endpoint().timeout().plus(worker.stopLimit());
        return new HomeContext(context) // Connections close on a thread of their own.
                .bring(lane.leave(around.timers(), limit))
                .onSuccess(left -> lanes.remove(lane.endpoint().name(), lane));
    }

    /** The new lane is opened first: where that fails the old one goes on. */
    private Future<?> replace(EndpointLane lane, Endpoint next) {
        return opened(next).compose(fresh -> leave(lane).onSuccess(left -> enterUnlessStopping(fresh)));
    }

    private Future<EndpointLane> opened(Endpoint endpoint) {
        try {
            return Future.succeededFuture(open(endpoint));
        } catch (RuntimeException unusable) {
            return Future.failedFuture(unusable);
        }
    }

    private void enterUnlessStopping(EndpointLane lane) {
        if (stopping) {
            lane.close();
        } else {
            enter(lane);
        }
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        Future<?> quiet = lanes.isEmpty() ? Future.succeededFuture() : bringIn();
        return quiet.onComplete(stopped -> around.store().forget(listener)); // Until then more may come in.
    }

    private Future<?> bringIn() {
        Promise<Void> quiet = Promise.promise();
        Timers.Cancellable limit = around.timers().schedule(worker.stopLimit(), quiet::tryComplete);
        worker.upstreamDone().onComplete(done -> context.runOnContext(ignored -> quieten(quiet)));
        return quiet.future().onComplete(done -> limit.cancel()).eventually(this::closeLanes);
    }

    private void quieten(Promise<Void> quiet) {
        lanes.values().forEach(lane -> lane.quieten(() -> completeWhenQuiet(quiet)));
        completeWhenQuiet(quiet);
    }

    private void completeWhenQuiet(Promise<Void> quiet) {
        if (lanes.values().stream().allMatch(EndpointLane::isQuiet)) {
            quiet.tryComplete();
        }
    }

    private Future<?> closeLanes() {
        return Future.join(lanes.values().stream().map(EndpointLane::close).toList());
    }
}
