package io.cloudland.callback.store.rocksdb;

/**
 * The dead letters in the store.
 *
 * @param kept how many
 * @param bytes of their rows
 * @param floor none died before that millisecond
 */
record DeadSpan(long kept, long bytes, long floor) {

    static final DeadSpan NONE = new DeadSpan(0, 0, Long.MAX_VALUE);

    DeadSpan with(long diedAtMillis, long rowBytes) {
        return new DeadSpan(kept + 1, bytes + rowBytes, Math.min(floor, diedAtMillis));
    }

    /** Rows that an older version counted without their bytes make no debt. */
    DeadSpan without(long count, long rowBytes) {
        return kept == count ? NONE : new DeadSpan(kept - count, Math.max(0, bytes - rowBytes), floor);
    }

    DeadSpan withFloor(long millis) {
        return kept == 0 ? NONE : new DeadSpan(kept, bytes, millis);
    }
}
