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
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Deliveries deliveries;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final Object appending = new Object();
    private final KnownStates states = new KnownStates(); // guarded by appending
    private long lastPosition; // guarded by appending
    private final SeenKeys seen; // guarded by appending
    private final AtomicLong events = new AtomicLong();
    private volatile boolean closed;

    /** A store that remembers commands with an id for a day. */
    public MemoryEventStore(int queueSize, int maxDeadLetters, TimeSource time) {
        this(queueSize, maxDeadLetters, Duration.ofDays(1), time);
    }

    /**
     * @param queueSize how many deliveries may be open before appends are refused
     * @param maxDeadLetters how many dead letters are kept; the oldest go first
     * @param dedupWindow how long it is remembered what a command with an id led to; zero for not at all
     */
    public MemoryEventStore(int queueSize, int maxDeadLetters, Duration dedupWindow, TimeSource time) {
        this.time = time;
        this.seen = new SeenKeys(dedupWindow);
        this.deliveries = new Deliveries(queueSize, maxDeadLetters);
        this.epoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        if (closed) {
            return Future.failedFuture(stopping());
        }
        Done done;
        try {
            synchronized (appending) {
                done = appendInTurn(change, terms, planner);
            }
        } catch (CallbackException refused) {
            return Future.failedFuture(refused);
        } catch (RuntimeException defect) {
            return Future.failedFuture(CallbackException.of(
                    defect, "no event was made of " + change.command() + " for " + change.resource()));
        }
        if (done.owesDeliveries()) {
            tellListeners(change.resource().slot());
        }
        return Future.succeededFuture(done.result());
    }

    private record Done(AppendResult result, boolean owesDeliveries) {}

    private Done appendInTurn(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        Instant now = time.now();
        AppendResult earlier = terms.key().isPresent() ? seen.get(terms.key().get(), now) : null;
        if (earlier != null) {
            return new Done(earlier, false);
        }
        ResourceState last = states.get(change.resource());
        if (terms.onlyIfChanged() && last != null && last.status().equals(change.status())) {
            terms.key().ifPresent(key -> seen.putUnchanged(key, now));
            return new Done(new AppendResult.Unchanged(), false);
        }
        return keep(nextEvent(change, last, now), terms, planner);
    }

    private Done keep(ResourceChangeEvent event, AppendTerms terms, DeliveryPlanner planner) {
        List<Delivery> owed = owed(event, planner.plan(event));
        if (!deliveries.add(owed)) {
            throw full(event.change());
        }
        lastPosition++;
        states.put(event);
        terms.key().ifPresent(key -> seen.putEvent(key, event.id(), event.recordedAt()));
        events.incrementAndGet();
        return new Done(new AppendResult.Appended(event), !owed.isEmpty());
    }

    private ResourceChangeEvent nextEvent(ResourceChange change, @Nullable ResourceState last, Instant now) {
        Optional<String> previous = last == null ? Optional.empty() : Optional.of(last.status());
        long sequence = last == null ? 1 : last.sequence() + 1;
        return new ResourceChangeEvent(EventId.random(), change, previous, sequence, epoch, now);
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        synchronized (appending) {
            Instant now = time.now();
            AppendResult earlier = seen.get(key, now);
            if (earlier != null) {
                return Future.succeededFuture(earlier);
            }
            seen.putUnchanged(key, now);
        }
        return Future.succeededFuture(new AppendResult.Unchanged());
    }

    private List<Delivery> owed(ResourceChangeEvent event, List<PlannedDelivery> planned) {
        List<Delivery> owed = new ArrayList<>(planned.size());
        for (PlannedDelivery plan : planned) {
            owed.add(new Delivery(lastPosition + 1, event, plan.endpoint(), plan.payload(), 0, event.recordedAt()));
        }
        return owed;
    }

    private CallbackException full(ResourceChange change) {
        Deliveries.Account account = deliveries.account();
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because " + account.open()
                        + " deliveries are waiting and queue_size allows " + account.capacity()
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
    public Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        synchronized (appending) {
            return Future.succeededFuture(Optional.ofNullable(states.get(resource)));
        }
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return closed
                ? Future.failedFuture(stopping())
                : Future.succeededFuture(deliveries.after(endpoint, slot, afterPosition, limit));
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        deliveries.delivered(delivery);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        deliveries.replace(delivery.retryAt(next));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        Instant now = time.now();
        deliveries.dead(new DeadLetter(delivery.retryAt(now), attempt, reason, now));
        return Future.succeededFuture();
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(int limit) {
        return Future.succeededFuture(deliveries.newestDead(limit));
    }

    @Override
    public StoreStats stats() {
        Deliveries.Account account = deliveries.account();
        return new StoreStats(
                events.get(),
                account.delivered() + account.dead() + account.open(),
                account.delivered(),
                account.dead(),
                account.open(),
                account.capacity(),
                account.deadKept());
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
        closed = true;
        listeners.clear();
        return Future.succeededFuture();
    }
}
