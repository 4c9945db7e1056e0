package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.store.PlannedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** A change of a resource that is to become an event. */
final class Append extends AnsweredChange<AppendResult> {

    private final ResourceChange change;
    private final AppendTerms terms;
    private final DeliveryPlanner planner;
    private final Admission admission;
    private final Instant recordedAt;
    private final Instant seenAt;
    private AppendResult result = new AppendResult.Unchanged();

    /**
     * @param recordedAt by the wall clock, for the event
     * @param seenAt by a clock that does not jump, for how long the command is known
     */
    Append(
            ResourceChange change,
            AppendTerms terms,
            DeliveryPlanner planner,
            Admission admission,
            Instant recordedAt,
            Instant seenAt) {
        this.change = change;
        this.terms = terms;
        this.planner = planner;
        this.admission = admission;
        this.recordedAt = recordedAt;
        this.seenAt = seenAt;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        result = new AppendResult.Unchanged();
        AppendResult earlier = earlier(batch);
        if (earlier != null) {
            result = earlier;
            return;
        }
        StateCodec.Head last = lastState(batch);
        if (terms.onlyIfChanged() && last != null && last.status().equals(change.status())) {
            remember(batch, Optional.empty());
            return;
        }
        keep(batch, event(last, batch.epoch()));
    }

    /** A kept part that is gone has been fulfilled before: that the answer to it got lost made it come again. */
    private @Nullable AppendResult earlier(Batch batch) throws RocksDBException {
        if (terms.kept().isEmpty()) {
            return batch.seen().earlier(terms.key(), seenAt);
        }
        KeptPart part = terms.kept().get();
        return batch.inbox().holds(part) ? null : new AppendResult.Duplicate(part.eventId());
    }

    private void keep(Batch batch, ResourceChangeEvent event) throws RocksDBException {
        List<PlannedDelivery> planned = planner.plan(event);
        if (terms.kept().isPresent()) {
            admission.checkSpace(change);
        } else {
            admission.check(change, batch.claimed(), planned.size());
        }
        batch.keep(event, planned);
        remember(batch, Optional.of(event.id()));
        result = new AppendResult.Appended(event);
    }

    private void remember(Batch batch, Optional<EventId> eventId) throws RocksDBException {
        batch.seen().remember(terms.key(), eventId, seenAt);
        if (terms.kept().isPresent()) {
            batch.inbox().remove(terms.kept().get());
        }
    }

    private StateCodec.@Nullable Head lastState(Batch batch) throws RocksDBException {
        byte[] row = batch.stateOf(change.resource());
        try {
            return row == null ? null : StateCodec.head(row);
        } catch (IllegalArgumentException e) {
            throw new CallbackException(
                    ErrorCode.STORE_FAILED,
                    "no event was made of " + change.command() + " for " + change.resource()
                            + ", because its last state cannot be read (" + e.getMessage()
                            + ") and its history must not break; other resources go on",
                    e);
        }
    }

    private ResourceChangeEvent event(StateCodec.@Nullable Head last, String epoch) {
        Optional<String> previous = last == null ? Optional.empty() : Optional.of(last.status());
        long sequence = last == null ? 1 : last.sequence() + 1;
        return new ResourceChangeEvent(id(), change, previous, sequence, epoch, recordedAt);
    }

    private EventId id() {
        return terms.kept().map(KeptPart::eventId).orElseGet(EventId::random);
    }

    @Override
    AppendResult result() {
        return result;
    }

    @Override
    public String toString() {
        return change.command() + " for " + change.resource();
    }
}
