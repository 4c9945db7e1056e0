package io.cloudland.callback.cli.crash;

import static java.util.stream.Collectors.groupingBy;

import io.cloudland.callback.cli.crash.CrashFigures.Merges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final boolean merges;
    private final boolean powerCuts;
    private final Map<String, SentCommand> acknowledged = new HashMap<>();
    private final List<SentCommand> unanswered = new ArrayList<>();
    private final Map<String, KnownEvent> byId = new HashMap<>();
    private final Map<String, ResourceHistory> histories = new HashMap<>();
    private final Set<String> epochs = new HashSet<>();
    private long duplicates;
    private long lateDuplicates;
    private long outOfOrder;
    private long changedBodies;
    private long changedIds;
    private long unsound;
    private long sentAfter;
    private long unreadable;

    /**
     * @param merges whether events may be merged into newer ones
     * @param powerCuts whether what the store noted of ended deliveries may be lost with a kill
     */
    CrashAccount(boolean merges, boolean powerCuts) {
        this.merges = merges;
        this.powerCuts = powerCuts;
    }

    /** The sender was told that the event of this command is kept. */
    void acknowledged(String id, SentCommand command) {
        acknowledged.put(id, command);
    }

    /** The sender was not told what became of this command. */
    void unanswered(SentCommand command) {
        unanswered.add(command);
    }

    long acknowledgedCount() {
        return acknowledged.size();
    }

    /** An event reached the receiver, whatever it answered. */
    void arrived(Sighting sighting) {
        unsound += sighting.hasSoundRange() && (merges || sighting.mergedFrom() == 0) ? 0 : 1;
        sentAfter += history(sighting).arrivedAfterItsEnd(sighting) ? 1 : 0;
        seen(sighting);
    }

    private void seen(Sighting sighting) {
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
        seen(sighting);
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
        Map<String, MergedAway> mergedAway = mergedAway();
        Predicate<KnownEvent> isMerged = event -> merged(mergedAway, event);
        long delivered = countAcknowledged(KnownEvent::isTaken);
        long dead = countAcknowledged(KnownEvent::isDeadOnly);
        long merged = countAcknowledged(event -> !event.isSettled() && isMerged.test(event))
                + sum(mergedAway, MergedAway::unseenAcknowledged);
        long unsettled = acknowledged.size() - delivered - dead - merged;
        long vanished = count(event -> !event.isSettled() && !isAcknowledged(event) && !isMerged.test(event));
        return new CrashFigures(
                powerCuts,
                commands,
                acknowledged.size(),
                delivered,
                dead,
                pending,
                Math.max(0, unsettled + vanished - pending),
                count(event -> !isAcknowledged(event)) + sum(mergedAway, MergedAway::unseenUnacknowledged),
                count(KnownEvent::isTakenAndDead),
                duplicates,
                lateDuplicates,
                outOfOrder,
                gaps(mergedAway),
                sum(histories, ResourceHistory::chainBreaks) + sum(mergedAway, MergedAway::chainBreaks),
                sum(histories, ResourceHistory::misplaced),
                changedBodies,
                changedIds,
                new Merges(
                        merged,
                        count(event -> event.isTaken() && isMerged.test(event)),
                        sum(mergedAway, MergedAway::swallowed),
                        unsound,
                        sentAfter),
                unreadable,
                epochs.size(),
                histories.size());
    }

    private Map<String, MergedAway> mergedAway() {
        Map<String, List<SentCommand>> unseen = acknowledged.entrySet().stream()
                .filter(entry -> !byId.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(groupingBy(SentCommand::resource));
        Map<String, List<SentCommand>> doubtful = unanswered.stream().collect(groupingBy(SentCommand::resource));
        Map<String, MergedAway> mergedAway = new HashMap<>();
        histories.forEach((resource, history) -> mergedAway.put(
                resource,
                new MergedAway(
                        history.events(),
                        unseen.getOrDefault(resource, List.of()),
                        doubtful.getOrDefault(resource, List.of()))));
        return merges ? mergedAway : Map.of();
    }

    private static boolean merged(Map<String, MergedAway> mergedAway, KnownEvent event) {
        MergedAway ofItsResource = mergedAway.get(event.sighting().resource());
        return ofItsResource != null && ofItsResource.has(event);
    }

    private boolean isAcknowledged(KnownEvent event) {
        return acknowledged.containsKey(event.sighting().id());
    }

    private long countAcknowledged(Predicate<KnownEvent> state) {
        return count(event -> isAcknowledged(event) && state.test(event));
    }

    private long count(Predicate<KnownEvent> state) {
        return byId.values().stream().filter(state).count();
    }

    private long gaps(Map<String, MergedAway> mergedAway) {
        long gaps = 0;
        for (Map.Entry<String, ResourceHistory> entry : histories.entrySet()) {
            MergedAway merged = mergedAway.get(entry.getKey());
            gaps += entry.getValue().gaps(merged == null ? new BitSet() : merged.numbers());
        }
        return gaps;
    }

    private static <T> long sum(Map<String, T> ofResources, ToLongFunction<T> figure) {
        return ofResources.values().stream().mapToLong(figure).sum();
    }
}
