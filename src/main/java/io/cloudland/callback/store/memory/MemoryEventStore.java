package io.cloudland.callback.store.memory;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.AppendListeners;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EventStore} in the heap: bounded, quick, and gone with the process.
 *
 * <p>One lock makes appends one after the other, another guards the deliveries; both are held for microseconds, so any
 * event loop may call, and every future is complete when it is returned. Listeners are told outside both.
 */
public final class MemoryEventStore implements EventStore {

    private final TimeSource time;
    private final String epoch;
    private final OpenGate gate = new OpenGate();
    private final AppendListeners listeners = new AppendListeners();
    private final Deliveries deliveries;
    private final DeliveryRecords records;
    private final Object appending = new Object();
    private final KnownStates states = new KnownStates(); // guarded by appending
    private final AtomicLong events = new AtomicLong();

    /**
     * @param queueSize how many deliveries may be open before appends are refused
     * @param maxDeadLetters how many dead letters are kept; the oldest go first
     */
    public MemoryEventStore(int queueSize, int maxDeadLetters, TimeSource time) {
        this(queueSize, Retention.ofDeadLetters(maxDeadLetters), time);
    }

    /**
     * @param queueSize how many deliveries may be open before appends are refused
     * @param retention what is kept of deliveries that have ended; the log takes no more than 16 MiB in any case
     */
    public MemoryEventStore(int queueSize, Retention retention, TimeSource time) {
        this.time = time;
        this.deliveries = new Deliveries(queueSize, retention, time);
        this.records = new MemoryRecords(gate, deliveries, listeners);
        this.epoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, boolean onlyIfChanged, DeliveryPlanner planner) {
        return gate.ask(() -> {
            Done done = appendOrFail(change, onlyIfChanged, planner);
            if (done.owesDeliveries()) {
                listeners.tell(change.resource().slot());
            }
            return done.result();
        });
    }

    private record Done(AppendResult result, boolean owesDeliveries) {}

    private Done appendOrFail(ResourceChange change, boolean onlyIfChanged, DeliveryPlanner planner) {
        try {
            synchronized (appending) {
                return appendInTurn(change, onlyIfChanged, planner);
            }
        } catch (RuntimeException failure) {
            throw CallbackException.of(
                    failure, "no event was made of " + change.command() + " for " + change.resource());
        }
    }

    private Done appendInTurn(ResourceChange change, boolean onlyIfChanged, DeliveryPlanner planner) {
        ResourceState last = states.get(change.resource());
        if (onlyIfChanged && last != null && last.status().equals(change.status())) {
            return new Done(new AppendResult.Unchanged(), false);
        }
        ResourceChangeEvent event = nextEvent(change, last);
        List<PlannedDelivery> owed = planner.plan(event);
        if (!deliveries.add(event, owed)) {
            throw full(change);
        }
        states.put(event);
        events.incrementAndGet();
        return new Done(new AppendResult.Appended(event), !owed.isEmpty());
    }

    private ResourceChangeEvent nextEvent(ResourceChange change, @Nullable ResourceState last) {
        Optional<String> previous = last == null ? Optional.empty() : Optional.of(last.status());
        long sequence = last == null ? 1 : last.sequence() + 1;
        return new ResourceChangeEvent(EventId.random(), change, previous, sequence, epoch, time.now());
    }

    private CallbackException full(ResourceChange change) {
        StoreStats stats = stats();
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because "
                        + stats.pending() + " deliveries are waiting and queue_size allows " + stats.capacity()
                        + "; nothing was kept of it, send it again later");
    }

    @Override
    public Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return gate.ask(() -> {
            synchronized (appending) {
                return Optional.ofNullable(states.get(resource));
            }
        });
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return gate.ask(() -> deliveries.after(endpoint, slot, afterPosition, limit));
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        return gate.tell(() -> deliveries.delivered(delivery, attempt));
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        return gate.tell(() -> deliveries.retry(delivery, attempt, next));
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        return gate.tell(() -> deliveries.dead(delivery, attempt, reason));
    }

    @Override
    public DeliveryRecords records() {
        return records;
    }

    @Override
    public StoreStats stats() {
        return deliveries.stats(events.get());
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
    public Future<Void> close() {
        gate.close();
        listeners.clear();
        return Future.succeededFuture();
    }
}
