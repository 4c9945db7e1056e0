package io.cloudland.callback.cli.crash;

import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The events of one resource by their sequence, and what can be told from them together. */
final class ResourceHistory {

    private final TreeMap<Long, KnownEvent> bySequence = new TreeMap<>();
    private final BitSet stoodFor = new BitSet();
    private long highestTaken;

    /**
     * Notes that an event has arrived, for the first time or once more. Whether one arrived before that stands for it: then it
     * should have been sent no more.
     */
    boolean arrivedAfterItsEnd(Sighting sighting) {
        if (sighting.mergedFrom() > 0 && sighting.mergedFrom() < sighting.sequence()) {
            stoodFor.set((int) sighting.mergedFrom(), (int) sighting.sequence());
        }
        return stoodFor.get((int) sighting.sequence());
    }

    /** Gives an event its place; the one that is there already where the place is taken. */
    Optional<KnownEvent> place(KnownEvent event) {
        return Optional.ofNullable(bySequence.putIfAbsent(event.sighting().sequence(), event));
    }

    /** Notes that the receiver took an event, be it once more. Whether a later one was taken before it. */
    boolean takenLate(long sequence) {
        boolean late = sequence < highestTaken;
        highestTaken = Math.max(highestTaken, sequence);
        return late;
    }

    /** How many sequence numbers from 1 to the highest have no event that was delivered, is a dead letter, or was merged away. */
    long gaps(BitSet merged) {
        BitSet settled = (BitSet) merged.clone();
        bySequence.forEach((sequence, event) -> {
            if (event.isSettled()) {
                settled.set((int) (long) sequence);
            }
        });
        return Math.max(0L, settled.length() - 1) - settled.cardinality();
    }

    /** How many events name another previous status than that of the event before, or one where none was before. */
    long chainBreaks() {
        long breaks = 0;
        for (KnownEvent event : bySequence.values()) {
            Sighting seen = event.sighting();
            KnownEvent before = bySequence.get(seen.sequence() - 1);
            boolean first = seen.sequence() == 1;
            if (first ? seen.previousStatus().isPresent() : before != null && !follows(seen, before.sighting())) {
                breaks++;
            }
        }
        return breaks;
    }

    private static boolean follows(Sighting event, Sighting before) {
        return event.previousStatus().equals(Optional.of(before.status()));
    }

    /** How many events are of a command that was sent before, or is the same as, that of the event before; or of none. */
    long misplaced() {
        long misplaced = 0;
        long before = 0;
        for (KnownEvent event : bySequence.values()) {
            long command = CrashLoad.numberOf(event.sighting().status());
            misplaced += command <= before ? 1 : 0;
            before = command;
        }
        return misplaced;
    }

    Collection<KnownEvent> events() {
        return bySequence.values();
    }
}
