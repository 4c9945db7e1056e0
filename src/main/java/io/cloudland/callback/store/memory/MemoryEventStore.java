package io.cloudland.callback.store.memory;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An {@link EventStore} in the heap: bounded, quick, and gone with the process.
 *
 * <p>One lock guards everything and is held for microseconds, so any event loop may call; every future is complete when
 * it is returned. Listeners are told outside the lock.
 */
public final class MemoryEventStore implements EventStore {

    private final TimeSource time;
    private final String epoch;
    private final OpenDeliveries open;
    private final KnownStates states = new KnownStates();
    private final DeadLetters deadLetters;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private long events;
    private long delivered;
    private long lastPosition;
    private boolean closed;

    /**
     * @param queueSize how many deliveries may be open before appends are refused
     * @param maxDeadLetters how many dead letters are kept; the oldest go first
     */
    public MemoryEventStore(int queueSize, int maxDeadLetters, TimeSource time) {
        this.time = time;
        this.open = new OpenDeliveries(queueSize);
        this.deadLetters = new DeadLetters(maxDeadLetters);
        this.epoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, boolean onlyIfChanged, DeliveryPlanner planner) {
        List<PlannedDelivery> planned;
        ResourceChangeEvent event;
        synchronized (this) {
            if (closed) {
                return Future.failedFuture(stopping());
            }
            ResourceState last = states.get(change.resource());
            if (onlyIfChanged && last != null && last.status().equals(change.status())) {
                return Future.succeededFuture(new AppendResult.Unchanged());
            }
            event = nextEvent(change, last);
            planned = planner.plan(event);
            if (!open.hasRoomFor(planned.size())) {
                return Future.failedFuture(full(change));
            }
            keep(event, planned);
        }
        if (!planned.isEmpty()) {
            tellListeners(event.resource().slot());
        }
        return Future.succeededFuture(new AppendResult.Appended(event));
    }

    private ResourceChangeEvent nextEvent(
            ResourceChange change, @org.jspecify.annotations.Nullable ResourceState last) {
        Optional<String> previous = last == null ? Optional.empty() : Optional.of(last.status());
        long sequence = last == null ? 1 : last.sequence() + 1;
        return new ResourceChangeEvent(EventId.random(), change, previous, sequence, epoch, time.now());
    }

    private void keep(ResourceChangeEvent event, List<PlannedDelivery> planned) {
        long position = ++lastPosition;
        for (PlannedDelivery plan : planned) {
            open.add(new Delivery(position, event, plan.endpoint(), plan.payload(), 0, event.recordedAt()));
        }
        states.put(event);
        events++;
    }

    private CallbackException full(ResourceChange change) {
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because " + open.size()
                        + " deliveries are waiting and queue_size allows " + open.capacity()
                        + "; nothing was kept of it, send it again later");
    }

    private static CallbackException stopping() {
        return new CallbackException(ErrorCode.SHUTTING_DOWN, "the store is closed; send the command again later");
    }

    private void tellListeners(int slot) {
        for (AppendListener listener : listeners) {
            listener.appended(slot);
        }
    }

    @Override
    public synchronized Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return Future.succeededFuture(Optional.ofNullable(states.get(resource)));
    }

    @Override
    public synchronized Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return closed
                ? Future.failedFuture(stopping())
                : Future.succeededFuture(open.after(endpoint, slot, afterPosition, limit));
    }

    @Override
    public synchronized Future<Void> delivered(Delivery delivery, Attempt attempt) {
        if (open.remove(delivery)) {
            delivered++;
        }
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        open.replace(delivery.retryAt(next));
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        if (open.remove(delivery)) {
            deadLetters.add(new DeadLetter(delivery.retryAt(time.now()), attempt, reason, time.now()));
        }
        return Future.succeededFuture();
    }

    @Override
    public synchronized Future<List<DeadLetter>> deadLetters(int limit) {
        return Future.succeededFuture(deadLetters.newest(limit));
    }

    @Override
    public synchronized StoreStats stats() {
        return new StoreStats(
                events,
                delivered + deadLetters.total() + open.size(),
                delivered,
                deadLetters.total(),
                open.size(),
                open.capacity(),
                deadLetters.kept());
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void listen(AppendListener listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized Future<Void> close() {
        closed = true;
        listeners.clear();
        return Future.succeededFuture();
    }
}
