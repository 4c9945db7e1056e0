package io.cloudland.callback.cli.crash;

import java.util.List;

/**
 * A closed account.
 *
 * @param powerCuts whether what the store noted of ended deliveries may be lost with a kill; then these may be sent late
 * @param acknowledged events of which the sender was told that they are kept
 * @param delivered those of them that the receiver answered 2xx
 * @param dead those of them that are dead letters and were never taken
 * @param pending deliveries the service still had open
 * @param lost events acknowledged, or seen at the receiver, that are none of the three
 * @param unacknowledged events seen whose command was never answered
 * @param takenAndDead events both taken and dead: the answer to the last attempt was lost
 * @param duplicates events the receiver took once more
 * @param lateDuplicates those among them that came after a later one of the same resource
 * @param outOfOrder events the receiver first took after a later one of the same resource
 * @param gaps sequence numbers without an event that was delivered or is a dead letter
 * @param chainBreaks events whose previous status is not the status of the event before
 * @param misplaced events not in the order of their resource's commands, or made of a command that has one already
 * @param changedBodies attempts whose body is not that of the first
 * @param changedIds attempts whose id, sequence or resource is not that of the first, and places with two ids
 * @param merges what was merged, where it was to be
 * @param unreadable events that did not tell what they are
 */
record CrashFigures(
        boolean powerCuts,
        CommandCounts commands,
        long acknowledged,
        long delivered,
        long dead,
        long pending,
        long lost,
        long unacknowledged,
        long takenAndDead,
        long duplicates,
        long lateDuplicates,
        long outOfOrder,
        long gaps,
        long chainBreaks,
        long misplaced,
        long changedBodies,
        long changedIds,
        Merges merges,
        long unreadable,
        long epochs,
        long resources) {

    /**
     * What became of events that newer ones stand for.
     *
     * @param merged acknowledged events that are neither taken nor dead, and that one stands for that is
     * @param taken events that one stands for, and that had been taken: a kill came before that was noted
     * @param swallowed events that one stands for and that must go out by themselves, or had ended
     * @param unsound events whose range and count do not fit, or that stand for others where nothing is to be merged
     * @param sentAfter arrivals of events after one that stands for them
     */
    record Merges(long merged, long taken, long swallowed, long unsound, long sentAfter) {}

    /**
     * A promise.
     *
     * @param broken how often it was not kept
     */
    record Promise(String key, String text, long broken) {}

    /** Every promise, with how often it was broken. */
    List<Promise> promises() {
        return List.of(
                new Promise("lost", "lost", lost),
                new Promise("unaccounted", "acknowledged, less delivered, dead, merged and pending", unaccounted()),
                new Promise("pending", "still pending", pending),
                new Promise("out_of_order", "out of order at the receiver", outOfOrder),
                new Promise(
                        "late_duplicates",
                        "repeated after a later one of the same resource",
                        powerCuts ? 0 : lateDuplicates),
                new Promise("gaps", "gaps in a resource's sequence", gaps),
                new Promise("chain_breaks", "breaks in a resource's status chain", chainBreaks),
                new Promise("misplaced", "events not in the order of the commands, or twice of one", misplaced),
                new Promise("changed_bodies", "repeated attempts with another body", changedBodies),
                new Promise("changed_ids", "repeated attempts with another webhook-id or place", changedIds),
                new Promise(
                        "swallowed", "creations, deletions, errors or dead letters merged away", merges.swallowed()),
                new Promise("unsound_ranges", "events that do not name rightly what they stand for", merges.unsound()),
                new Promise(
                        "sent_after", "events sent after one that stands for them", powerCuts ? 0 : merges.sentAfter()),
                new Promise("unreadable", "events without id, sequence, epoch or status", unreadable),
                new Promise("unasked", "events more than commands", Math.max(0, unacknowledged - commands.unknown())),
                new Promise("epoch_changes", "changes of the epoch", Math.max(0, epochs - 1)));
    }

    private long unaccounted() {
        return Math.abs(acknowledged - delivered - dead - merges.merged() - pending);
    }

    /** Whether every promise was kept, and there was something to keep. */
    boolean isGood() {
        return acknowledged > 0 && delivered > 0 && promises().stream().allMatch(promise -> promise.broken() == 0);
    }
}
