package io.cloudland.callback.cli.crash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What of one resource's events was merged into newer ones: told from what those say that they stand for, and, of events that
 * nobody saw, from the order of the commands. It sees what the receiver sees and the sender was told, no more.
 */
final class MergedAway {

    private final Collection<KnownEvent> events;
    private final BitSet stoodFor = new BitSet();
    private final List<Stretch> unseen = new ArrayList<>();

    /**
     * The numbers between an event that was seen and the next one that was.
     *
     * @param room how many of them that next one, or a later one, stands for
     * @param acknowledged the commands in between of which the sender was told that they are kept, by number
     * @param unanswered those whose answer was lost, more than these
     */
    private record Stretch(
            Sighting next, long room, NavigableMap<Long, SentCommand> acknowledged, Set<Long> unanswered) {

        long merged() {
            return Math.min(room, acknowledged.size());
        }

        long landmarks() {
            return room == 0
                    ? 0
                    : acknowledged.values().stream()
                            .filter(SentCommand::isLandmark)
                            .count();
        }

        /** The status before is of the last command in between that was kept. */
        boolean breaksChain() {
            long before = CrashLoad.numberOf(next.previousStatus().orElse(""));
            boolean known = acknowledged.containsKey(before) || unanswered.contains(before);
            return !known || acknowledged.higherKey(before) != null;
        }
    }

    /**
     * @param events those of the resource that were seen, by their sequence
     * @param acknowledged commands whose event nobody saw
     * @param unanswered commands whose answer was lost
     */
    MergedAway(
            Collection<KnownEvent> events, Collection<SentCommand> acknowledged, Collection<SentCommand> unanswered) {
        this.events = events;
        events.stream().filter(KnownEvent::isSettled).map(KnownEvent::sighting).forEach(this::standsFor);
        NavigableMap<Long, SentCommand> kept = byNumber(acknowledged);
        NavigableMap<Long, SentCommand> doubtful = byNumber(unanswered);
        long sequence = 0;
        long number = 0;
        for (KnownEvent event : events) {
            Sighting next = event.sighting();
            long own = Math.max(number, CrashLoad.numberOf(next.status()));
            unseen.add(new Stretch(
                    next,
                    stoodFor.get((int) sequence + 1, (int) Math.max(sequence + 1, next.sequence()))
                            .cardinality(),
                    kept.subMap(number, number == own, own, false),
                    doubtful.subMap(number, number == own, own, false).keySet()));
            sequence = next.sequence();
            number = own;
        }
    }

    private void standsFor(Sighting seen) {
        if (seen.mergedFrom() > 0 && seen.mergedFrom() < seen.sequence()) {
            stoodFor.set((int) seen.mergedFrom(), (int) seen.sequence());
        }
    }

    private static NavigableMap<Long, SentCommand> byNumber(Collection<SentCommand> commands) {
        TreeMap<Long, SentCommand> byNumber = new TreeMap<>();
        commands.forEach(command -> byNumber.put(command.number(), command));
        return byNumber;
    }

    /** Whether an event that was delivered or is a dead letter stands for this one. */
    boolean has(KnownEvent event) {
        return stoodFor.get((int) event.sighting().sequence());
    }

    /** The numbers that events that were delivered or are dead letters stand for. */
    BitSet numbers() {
        return stoodFor;
    }

    /** How many acknowledged events that nobody saw have a place among those numbers. */
    long unseenAcknowledged() {
        return sum(Stretch::merged);
    }

    /** How many events that nobody saw are stood for and are of no acknowledged command. */
    long unseenUnacknowledged() {
        return sum(stretch -> stretch.room() - stretch.merged());
    }

    /** How many are stood for that must go out: creations, deletions, errors, and what had ended before. */
    long swallowed() {
        long seen = events.stream()
                .filter(this::has)
                .filter(event ->
                        event.isDead() || CrashLoad.isLandmark(event.sighting().status()))
                .count();
        return seen + sum(Stretch::landmarks);
    }

    /** How many events follow on one that nobody saw, and name another previous status than that one can have had. */
    long chainBreaks() {
        return sum(stretch -> stretch.room() > 0 && stretch.breaksChain() ? 1 : 0);
    }

    private long sum(ToLongFunction<Stretch> figure) {
        return unseen.stream().mapToLong(figure).sum();
    }
}
