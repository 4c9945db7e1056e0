package io.cloudland.callback.store;

/**
 * Counts of a store: deliveries = delivered + dead + pending, always.
 *
 * @param events events accepted since the store was opened
 * @param deliveries deliveries those events were owed, and those found open when the store was opened
 * @param delivered deliveries that ended with a 2xx
 * @param dead deliveries that ended as dead letters
 * @param pending deliveries still open
 * @param capacity how many may be open before appends are refused
 * @param deadKept dead letters that can still be listed
 */
public record StoreStats(
        long events, long deliveries, long delivered, long dead, long pending, long capacity, long deadKept) {}
