package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.StoreStats;

/**
 * The store's counts. The first four are kept, in the same commit as what they count, so that they are exact after a
 * crash and nothing is counted at the start; the others are of this run.
 *
 * @param lastPosition the highest position ever given away
 * @param pending open deliveries
 * @param deadKept dead letters in the store
 * @param deadFloor no dead letter died before that millisecond
 */
record Totals(long lastPosition, long pending, long deadKept, long deadFloor, long events, long delivered, long dead) {

    private static final int VERSION = 1;
    static final Totals NONE = new Totals(0, 0, 0, Long.MAX_VALUE, 0, 0, 0);

    byte[] encode() {
        return new Encoder(40)
                .putByte(VERSION)
                .putNumber(lastPosition)
                .putNumber(pending)
                .putNumber(deadKept)
                .putNumber(deadFloor)
                .toBytes();
    }

    static Totals decode(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        return new Totals(from.getNumber(), from.getNumber(), from.getNumber(), from.getNumber(), 0, 0, 0);
    }

    Totals withEvent(long position, int deliveries) {
        return new Totals(position, pending + deliveries, deadKept, deadFloor, events + 1, delivered, dead);
    }

    Totals withDelivered() {
        return new Totals(lastPosition, pending - 1, deadKept, deadFloor, events, delivered + 1, dead);
    }

    Totals withDead(long diedAtMillis) {
        long floor = Math.min(deadFloor, diedAtMillis);
        return new Totals(lastPosition, pending - 1, deadKept + 1, floor, events, delivered, dead + 1);
    }

    /** After the oldest dead letters were let go. */
    Totals withDeadLetGo(long count, long floorMillis) {
        return new Totals(lastPosition, pending, deadKept - count, floorMillis, events, delivered, dead);
    }

    /** The counts of this run with what is kept read anew; no position that was given away is given away again. */
    Totals withKept(Totals kept, long givenAway) {
        long last = Math.max(Math.max(lastPosition, givenAway), kept.lastPosition);
        return new Totals(last, kept.pending, kept.deadKept, kept.deadFloor, events, delivered, dead);
    }

    StoreStats stats(long capacity) {
        return new StoreStats(events, delivered + dead + pending, delivered, dead, pending, capacity, deadKept);
    }
}
