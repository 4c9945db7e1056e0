package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
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
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.store.StoreStats;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The half of a store that the registry uses: it keeps events in a list and fails on resources it is told to. */
public final class TinyStore implements EventStore {

    private final List<ResourceChangeEvent> events = new ArrayList<>();
    private final Map<ResourceRef, ResourceState> states = new HashMap<>();
    private final Map<ResourceRef, ErrorCode> failures = new HashMap<>();

    public synchronized List<ResourceChangeEvent> events() {
        return List.copyOf(events);
    }

    private Optional<Inbox> inbox = Optional.empty();

    void keepIn(Inbox kept) {
        inbox = Optional.of(kept);
    }

    @Override
    public Optional<Inbox> inbox() {
        return inbox;
    }

    synchronized void failNoLonger() {
        failures.clear();
    }

    public synchronized void failFor(ResourceRef resource, ErrorCode code) {
        failures.put(resource, code);
    }

    @Override
    public synchronized Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        ErrorCode failure = failures.get(change.resource());
        if (failure != null) {
            return Future.failedFuture(new CallbackException(failure, "as told"));
        }
        ResourceState last = states.get(change.resource());
        if (terms.onlyIfChanged() && last != null && last.status().equals(change.status())) {
            return Future.succeededFuture(new AppendResult.Unchanged());
        }
        terms.kept().ifPresent(part -> inbox.orElseThrow().drop(part));
        return Future.succeededFuture(new AppendResult.Appended(keep(idFor(terms), change, last, planner)));
    }

    private static EventId idFor(AppendTerms terms) {
        return terms.kept().map(KeptPart::eventId).orElseGet(EventId::random);
    }

    private ResourceChangeEvent keep(EventId id, ResourceChange change, ResourceState last, DeliveryPlanner planner) {
        long sequence = last == null ? 1 : last.sequence() + 1;
        ResourceChangeEvent event = new ResourceChangeEvent(
                id,
                change,
                Optional.ofNullable(last).map(ResourceState::status),
                sequence,
                "epoch",
                change.occurredAt());
        planner.plan(event);
        events.add(event);
        states.put(
                change.resource(),
                new ResourceState(
                        change.resource(),
                        change.uuid(),
                        change.status(),
                        change.tenantId(),
                        change.metadata(),
                        sequence));
        return event;
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        return Future.succeededFuture(new AppendResult.Unchanged());
    }

    @Override
    public synchronized Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return Future.succeededFuture(Optional.ofNullable(states.get(resource)));
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<Delivery>> pendingOf(
            String endpoint, ResourceRef resource, long afterPosition, long upToPosition, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> coalesce(Delivery standing, List<Delivery> merged) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryRecords records() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void listen(AppendListener listener) {}

    @Override
    public void forget(AppendListener listener) {}
}
