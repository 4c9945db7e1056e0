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
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
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
    private final SteadyClock clock;
    private final String epoch;
    private final OpenGate gate = new OpenGate();
    private final AppendListeners listeners = new AppendListeners();
    private final Deliveries deliveries;
    private final DeliveryRecords records;
    private final Object appending = new Object();
    private final KnownStates states = new KnownStates(); // guarded by appending
    private final SeenKeys seen; // guarded by appending
    private final AtomicLong events = new AtomicLong();

    /** A store that keeps so many dead letters and remembers commands with an id for a day. */
    public MemoryEventStore(int queueSize, int maxDeadLetters, TimeSource time) {
        this(queueSize, Retention.ofDeadLetters(maxDeadLetters), Duration.ofDays(1), time);
    }

    /**
     * @param queueSize how many deliveries may be open before appends are refused
     * @param retention what is kept of deliveries that have ended; the log takes no more than 16 MiB in any case
     * @param dedupWindow how long it is remembered what a command with an id led to; zero for not at all
     */
    public MemoryEventStore(int queueSize, Retention retention, Duration dedupWindow, TimeSource time) {
        this.time = time;
        this.clock = new SteadyClock(time);
        this.seen = new SeenKeys(dedupWindow);
        this.deliveries = new Deliveries(queueSize, retention, clock, time);
        this.records = new MemoryRecords(gate, deliveries, listeners);
        this.epoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        return gate.ask(() -> {
            Done done = appendOrFail(change, terms, planner);
            if (done.owesDeliveries()) {
                listeners.tell(change.resource().slot());
            }
            return done.result();
        });
    }

    private record Done(AppendResult result, boolean owesDeliveries) {}

    private Done appendOrFail(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        try {
            synchronized (appending) {
                return appendInTurn(change, terms, planner);
            }
        } catch (RuntimeException | Error failure) {
            throw CallbackException.of(
                    failure, "no event was made of " + change.command() + " for " + change.resource());
        }
    }

    private Done appendInTurn(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        Instant now = clock.untouched();
        AppendResult earlier = terms.key().isPresent() ? seen.get(terms.key().get(), now) : null;
        if (earlier != null) {
            return new Done(earlier, false);
        }
        ResourceState last = states.get(change.resource());
        if (terms.onlyIfChanged() && last != null && last.status().equals(change.status())) {
            terms.key().ifPresent(key -> seen.putUnchanged(key, now));
            return new Done(new AppendResult.Unchanged(), false);
        }
        return keep(nextEvent(change, last), terms, planner, now);
    }

    private Done keep(ResourceChangeEvent event, AppendTerms terms, DeliveryPlanner planner, Instant now) {
        List<PlannedDelivery> owed = planner.plan(event);
        if (!deliveries.add(event, owed)) {
            throw full(event.change());
        }
        states.put(event);
        terms.key().ifPresent(key -> seen.putEvent(key, event.id(), now));
        events.incrementAndGet();
        return new Done(new AppendResult.Appended(event), !owed.isEmpty());
    }

    private ResourceChangeEvent nextEvent(ResourceChange change, @Nullable ResourceState last) {
        Optional<String> previous = last == null ? Optional.empty() : Optional.of(last.status());
        long sequence = last == null ? 1 : last.sequence() + 1;
        return new ResourceChangeEvent(EventId.random(), change, previous, sequence, epoch, time.now());
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        return gate.ask(() -> {
            synchronized (appending) {
                Instant now = clock.untouched();
                AppendResult earlier = seen.get(key, now);
                if (earlier == null) {
                    seen.putUnchanged(key, now);
                }
                return earlier == null ? new AppendResult.Unchanged() : earlier;
            }
        });
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
    public Future<List<Delivery>> pendingOf(
            String endpoint, ResourceRef resource, long afterPosition, long upToPosition, int limit) {
        return gate.ask(() -> deliveries.of(endpoint, resource, afterPosition, upToPosition, limit));
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
    public Future<Void> coalesce(Delivery standing, List<Delivery> merged) {
        return gate.tell(() -> deliveries.coalesce(standing, merged));
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
    public void forget(AppendListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Future<Void> close() {
        gate.close();
        listeners.clear();
        return Future.succeededFuture();
    }
}
