package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.store.PlannedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of a resource that is to become an event. */
final class Append extends Entry<AppendResult> {

    private final ResourceChange change;
    private final AppendTerms terms;
    private final DeliveryPlanner planner;
    private final Instant recordedAt;
    private final Instant seenAt;
    private final EventId id;
    private AppendResult result = new AppendResult.Unchanged();
    private @Nullable ResourceChangeEvent planned;
    private List<PlannedDelivery> plan = List.of();

    /**
     * @param recordedAt by the wall clock, for the event
     * @param seenAt by a clock that does not jump, for how long the command is known
     */
    Append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner, Instant recordedAt, Instant seenAt) {
        this.change = change;
        this.terms = terms;
        this.planner = planner;
        this.recordedAt = recordedAt;
        this.seenAt = seenAt;
        this.id = terms.kept().map(KeptPart::eventId).orElseGet(EventId::random);
    }

    @Override
    Optional<ResourceRef> resource() {
        return Optional.of(change.resource());
    }

    @Override
    List<CommandKey> keys() {
        return terms.key().map(List::of).orElseGet(List::of);
    }

    @Override
    Optional<KeptPart> part() {
        return terms.kept();
    }

    @Override
    void applyTo(View view) {
        Optional<AppendResult> earlier = earlier(view);
        if (earlier.isPresent()) {
            result = earlier.get();
            return;
        }
        Optional<View.Head> last = view.stateOf(change.resource());
        if (terms.onlyIfChanged()
                && last.filter(head -> head.status().equals(change.status())).isPresent()) {
            result = new AppendResult.Unchanged();
            remember(view, Optional.empty());
            return;
        }
        keep(view, event(last, view.epoch()));
    }

    /** A kept part that is gone has been fulfilled before: that the answer to it got lost made it come again. */
    private Optional<AppendResult> earlier(View view) {
        if (terms.kept().isEmpty()) {
            return terms.key().flatMap(key -> view.seen().earlier(key, seenAt));
        }
        KeptPart part = terms.kept().get();
        return view.inbox().holds(part) ? Optional.empty() : Optional.of(new AppendResult.Duplicate(part.eventId()));
    }

    private void keep(View view, ResourceChangeEvent event) {
        List<PlannedDelivery> owed = plan(event);
        if (terms.kept().isEmpty()) {
            checkRoom(view, owed.size());
        }
        view.keep(event, owed);
        remember(view, Optional.of(event.id()));
        result = new AppendResult.Appended(event);
    }

    /** Once per event: a transaction that is repeated finds it planned, unless another node got in between. */
    private List<PlannedDelivery> plan(ResourceChangeEvent event) {
        if (!event.equals(planned)) {
            plan = planner.plan(event);
            planned = event;
        }
        return plan;
    }

    private void checkRoom(View view, int more) {
        view.roomProblem(more).ifPresent(why -> {
            throw refused(change, why);
        });
    }

    static CallbackException refused(ResourceChange change, String why) {
        return new CallbackException(
                ErrorCode.QUEUE_FULL,
                "no event was made of " + change.command() + " for " + change.resource() + ", because " + why
                        + "; nothing was kept of it, send it again later");
    }

    private void remember(View view, Optional<EventId> eventId) {
        terms.key().ifPresent(key -> view.seen().remember(key, eventId, seenAt));
        terms.kept().ifPresent(view.inbox()::remove);
    }

    private ResourceChangeEvent event(Optional<View.Head> last, String epoch) {
        return new ResourceChangeEvent(
                id,
                change,
                last.map(View.Head::status),
                last.map(View.Head::sequence).orElse(0L) + 1,
                epoch,
                recordedAt);
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
