package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.PlannedDelivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the database says under the locks of one transaction, and what the entries in it, one after the other, add to that. */
final class View {

    /** What an append needs of a resource's last state. */
    record Head(String status, long sequence) {}

    /** A delivery to be written. */
    record Owed(long position, ResourceChangeEvent event, PlannedDelivery planned) {}

    private final String epoch;
    private final long queueSize;
    private final Totals totals;
    private final Map<ResourceRef, Head> states;
    private final SeenView seen;
    private final InboxView inbox;
    private long nextPosition;
    private final List<Owed> owed = new ArrayList<>();
    private final Map<ResourceRef, ResourceChangeEvent> newest = new LinkedHashMap<>();
    private final SortedMap<Integer, Long> lastPositions = new TreeMap<>();
    private long events;

    /** @param firstPosition the first of as many positions as there are entries */
    View(
            String epoch,
            long queueSize,
            Totals totals,
            Map<ResourceRef, Head> states,
            SeenView seen,
            InboxView inbox,
            long firstPosition) {
        this.epoch = epoch;
        this.queueSize = queueSize;
        this.totals = totals;
        this.states = new HashMap<>(states);
        this.seen = seen;
        this.inbox = inbox;
        this.nextPosition = firstPosition;
    }

    String epoch() {
        return epoch;
    }

    SeenView seen() {
        return seen;
    }

    InboxView inbox() {
        return inbox;
    }

    Optional<Head> stateOf(ResourceRef resource) {
        return Optional.ofNullable(states.get(resource));
    }

    /** Why so many more places cannot be taken; empty when they can. */
    Optional<String> roomProblem(int more) {
        long claimed = totals.claimed() + owed.size() + inbox.growth();
        return claimed + more > queueSize
                ? Optional.of(claimed + " deliveries are waiting and queue_size allows " + queueSize)
                : Optional.empty();
    }

    void keep(ResourceChangeEvent event, List<PlannedDelivery> planned) {
        long position = nextPosition++;
        events++;
        states.put(event.resource(), new Head(event.change().status(), event.sequence()));
        newest.put(event.resource(), event);
        planned.forEach(plan -> owed.add(new Owed(position, event, plan)));
        if (!planned.isEmpty()) {
            lastPositions.put(event.resource().slot(), position);
        }
    }

    List<Owed> owed() {
        return owed;
    }

    /** The newest event of each resource that has a new one. */
    List<ResourceChangeEvent> newest() {
        return List.copyOf(newest.values());
    }

    /** The slots that have something new to deliver, with its last position. */
    SortedMap<Integer, Long> lastPositions() {
        return lastPositions;
    }

    long events() {
        return events;
    }
}
