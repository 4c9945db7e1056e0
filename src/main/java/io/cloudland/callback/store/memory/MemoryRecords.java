package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.store.AppendListeners;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.Replayed;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;

/** {@link DeliveryRecords} of the {@link MemoryEventStore}: each call is done when it returns. */
final class MemoryRecords implements DeliveryRecords {

    private final OpenGate gate;
    private final Deliveries deliveries;
    private final AppendListeners listeners;

    MemoryRecords(OpenGate gate, Deliveries deliveries, AppendListeners listeners) {
        this.gate = gate;
        this.deliveries = deliveries;
        this.listeners = listeners;
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit) {
        return gate.ask(() -> deliveries.newestDead(filter, limit));
    }

    @Override
    public Future<Replayed> replay(DeadLetterFilter filter, Predicate<String> endpoint) {
        return gate.ask(() -> {
            Replay replay = new Replay(endpoint);
            deliveries.replay(filter, replay);
            replay.slots().stream().forEach(listeners::tell);
            return replay.result();
        });
    }

    @Override
    public Future<Long> purge(DeadLetterFilter filter) {
        return gate.ask(() -> deliveries.purge(filter));
    }

    @Override
    public Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit) {
        return gate.ask(() -> deliveries.first(filter, limit));
    }

    @Override
    public Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit) {
        return gate.ask(() -> deliveries.newestAttempts(filter, limit));
    }
}
