package io.cloudland.callback.cli.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Every event that was acknowledged, arrived or died, one by one, and which promises hold for them. One context owns it.
 *
 * <p>It knows nothing of how the service works: it holds what the sender was told against what the receiver saw and what
 * the service lists as dead letters.
 */
final class CrashAccount {

    private final boolean powerCuts;
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, KnownEvent> byId = new HashMap<>();
    private final Map<String, ResourceHistory> histories = new HashMap<>();
    private final Set<String> epochs = new HashSet<>();
    private long duplicates;
    private long lateDuplicates;
    private long outOfOrder;
    private long changedBodies;
    private long changedIds;
    private long unreadable;

    /** @param powerCuts whether what the store noted of ended deliveries may be lost with a kill */
    CrashAccount(boolean powerCuts) {
        this.powerCuts = powerCuts;
    }

    /** The sender was told that this event is kept. */
    void acknowledged(String id) {
        acknowledged.add(id);
    }

    long acknowledgedCount() {
        return acknowledged.size();
    }

    /** An event reached the receiver, whatever it answered. */
    void arrived(Sighting sighting) {
        KnownEvent known = byId.get(sighting.id());
        if (known == null) {
            first(new KnownEvent(sighting));
        } else {
            compare(sighting, known.sighting());
        }
    }

    private void first(KnownEvent event) {
        Sighting sighting = event.sighting();
        byId.put(sighting.id(), event);
        epochs.add(sighting.epoch());
        changedIds += history(sighting).place(event).isPresent() ? 1 : 0;
    }

    private void compare(Sighting again, Sighting first) {
        if (!again.digest().equals(first.digest())) {
            changedBodies++;
        } else if (!again.equals(first)) {
            changedIds++;
        }
    }

    private ResourceHistory history(Sighting sighting) {
        return histories.computeIfAbsent(sighting.resource(), resource -> new ResourceHistory());
    }

    /** An event reached the receiver that does not tell what it is. */
    void arrivedUnreadable() {
        unreadable++;
    }

    /** The receiver answered it 2xx. */
    void taken(String id) {
        KnownEvent event = byId.get(id);
        if (event == null) {
            throw new IllegalArgumentException(id + " was taken and has not arrived");
        }
        boolean late = history(event.sighting()).takenLate(event.sighting().sequence());
        if (event.take()) {
            outOfOrder += late ? 1 : 0;
        } else {
            duplicates++;
            lateDuplicates += late ? 1 : 0;
        }
    }

    /** The service lists it as a dead letter. */
    void dead(Sighting sighting) {
        arrived(sighting);
        KnownEvent event = byId.get(sighting.id());
        if (event != null) {
            event.die();
        }
    }

    /**
     * Closes the account.
     *
     * @param pending how many deliveries the service says are still open
     */
    CrashFigures close(CommandCounts commands, long pending) {
        long delivered = count(acknowledged, KnownEvent::isTaken);
        long dead = count(acknowledged, KnownEvent::isDeadOnly);
        long unsettled = acknowledged.size() - delivered - dead;
        long vanished = byId.values().stream()
                .filter(event -> !event.isSettled()
                        && !acknowledged.contains(event.sighting().id()))
                .count();
        return new CrashFigures(
                powerCuts,
                commands,
                acknowledged.size(),
                delivered,
                dead,
                pending,
                Math.max(0, unsettled + vanished - pending),
                byId.keySet().stream().filter(id -> !acknowledged.contains(id)).count(),
                byId.values().stream().filter(KnownEvent::isTakenAndDead).count(),
                duplicates,
                lateDuplicates,
                outOfOrder,
                sum(ResourceHistory::gaps),
                sum(ResourceHistory::chainBreaks),
                sum(ResourceHistory::misplaced),
                changedBodies,
                changedIds,
                unreadable,
                epochs.size(),
                histories.size());
    }

    private long count(Set<String> ids, Predicate<KnownEvent> state) {
        return ids.stream()
                .map(byId::get)
                .filter(event -> event != null && state.test(event))
                .count();
    }

    private long sum(ToLongFunction<ResourceHistory> figure) {
        return histories.values().stream().mapToLong(figure).sum();
    }
}
