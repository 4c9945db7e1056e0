package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.StoreStats;

/**
 * The store's counts. All but {@code run} are kept, in the same commit as what they count, so that they are exact after a
 * crash and nothing is counted at the start.
 *
 * @param lastPosition the highest position ever given away
 * @param pending open deliveries
 */
record Totals(long lastPosition, long pending, DeadSpan letters, LogSpan log, RunCounts run) {

    private static final int VERSION = 2;
    private static final int WITHOUT_LOG = 1;
    static final Totals NONE = new Totals(0, 0, DeadSpan.NONE, LogSpan.NONE, RunCounts.NONE);

    byte[] encode() {
        return new Encoder(64)
                .putByte(VERSION)
                .putNumber(lastPosition)
                .putNumber(pending)
                .putNumber(letters.kept())
                .putNumber(letters.floor())
                .putNumber(letters.bytes())
                .putNumber(log.floor())
                .putNumber(log.end())
                .toBytes();
    }

    static Totals decode(byte[] row) {
        int version = new Decoder(row).getByte();
        Decoder from = Decoder.ofVersion(row, version == WITHOUT_LOG ? WITHOUT_LOG : VERSION);
        long lastPosition = from.getNumber();
        long pending = from.getNumber();
        long kept = from.getNumber();
        long floor = from.getNumber();
        if (version == WITHOUT_LOG) {
            return new Totals(lastPosition, pending, new DeadSpan(kept, 0, floor), LogSpan.NONE, RunCounts.NONE);
        }
        DeadSpan letters = new DeadSpan(kept, from.getNumber(), floor);
        return new Totals(
                lastPosition, pending, letters, new LogSpan(from.getNumber(), from.getNumber()), RunCounts.NONE);
    }

    Totals withEvent(long position, int deliveries) {
        return new Totals(position, pending + deliveries, letters, log, run.withEvent());
    }

    Totals withDelivered() {
        return new Totals(lastPosition, pending - 1, letters, log, run.withDelivered());
    }

    Totals withCoalesced() {
        return new Totals(lastPosition, pending - 1, letters, log, run.withCoalesced());
    }

    Totals withDead(long diedAtMillis, long rowBytes) {
        return new Totals(lastPosition, pending - 1, letters.with(diedAtMillis, rowBytes), log, run.withDead());
    }

    /** A dead letter is a delivery again, at that position. */
    Totals withReplayed(long position, long letterBytes) {
        return new Totals(position, pending + 1, letters.without(1, letterBytes), log, run.withReplayed());
    }

    Totals withPurged(long letterBytes) {
        return new Totals(lastPosition, pending, letters.without(1, letterBytes), log, run.withPurged());
    }

    /** After the oldest dead letters were let go. */
    Totals withLetGo(long count, long letterBytes) {
        return new Totals(lastPosition, pending, letters.without(count, letterBytes), log, run.withLetGo(count));
    }

    Totals withLetters(DeadSpan span) {
        return new Totals(lastPosition, pending, span, log, run);
    }

    Totals withLog(LogSpan span) {
        return new Totals(lastPosition, pending, letters, span, run);
    }

    Totals withLogDropped(long count) {
        return new Totals(lastPosition, pending, letters, log, run.withLogDropped(count));
    }

    /** The counts of this run with what is kept read anew; no position that was given away is given away again. */
    Totals withKept(Totals kept, long givenAway) {
        long last = Math.max(Math.max(lastPosition, givenAway), kept.lastPosition);
        return new Totals(last, kept.pending, kept.letters, kept.log, run);
    }

    StoreStats stats(long capacity) {
        return new StoreStats(
                run.events(),
                run.delivered() + run.dead() + run.coalesced() + pending,
                run.delivered(),
                run.dead(),
                pending,
                capacity,
                letters.kept(),
                run.replayed(),
                run.purged(),
                run.letGo(),
                run.logDropped(),
                run.coalesced());
    }
}
