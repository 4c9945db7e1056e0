package io.cloudland.callback.store;

/**
 * Counts of a store: deliveries = delivered + dead + coalesced + pending, always. Counters never go down: a replayed dead letter is a
 * new delivery, counted in {@code deliveries} and {@code replayed}, and the one that died stays counted in {@code dead}. What
 * the events of this run and those before were owed is therefore delivered + (dead - replayed) + coalesced + pending.
 *
 * @param events events accepted since the store was opened
 * @param deliveries deliveries those events were owed, those found open when the store was opened, and those replayed
 * @param delivered deliveries that ended with a 2xx
 * @param dead deliveries that ended as dead letters
 * @param pending deliveries still open
 * @param capacity how many may be open before appends are refused
 * @param deadKept dead letters that can still be listed
 * @param replayed dead letters that became pending again
 * @param purged dead letters that somebody deleted
 * @param letGo dead letters that went because of a bound: their count, age or size
 * @param logDropped attempts that the delivery log did not take for want of room
 * @param coalesced deliveries that ended because a newer one stands for them
 */
public record StoreStats(
        long events,
        long deliveries,
        long delivered,
        long dead,
        long pending,
        long capacity,
        long deadKept,
        long replayed,
        long purged,
        long letGo,
        long logDropped,
        long coalesced) {

    /** Counts of a store of whose dead letters none was replayed or deleted. */
    public StoreStats(
            long events, long deliveries, long delivered, long dead, long pending, long capacity, long deadKept) {
        this(events, deliveries, delivered, dead, pending, capacity, deadKept, 0, 0, 0, 0, 0);
    }
}
