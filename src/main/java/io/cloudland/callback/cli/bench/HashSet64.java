package io.cloudland.callback.cli.bench;

/**
 * A set of 64-bit hashes in one array. A {@code HashSet} of strings made the sink's collector stop for a tenth of a second, which looked
 * as if the service were slow: each entry is an object, and each new one makes a card of the old table dirty. Not thread-safe.
 */
final class HashSet64 {

    private static final long FREE = 0;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] slots = new long[1 << 16];
    private int size;
    private boolean holdsZero;

    /** Whether it was not there before. */
    boolean add(long hash) {
        if (hash == FREE) {
            boolean fresh = !holdsZero;
            holdsZero = true;
            return fresh;
        }
        if (!put(slots, hash)) {
            return false;
        }
        if (++size > slots.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != FREE) {
                put(larger, hash);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] into, long hash) {
        int at = (int) ((hash * SPREAD) >>> 33) & (into.length - 1);
        while (into[at] != FREE) {
            if (into[at] == hash) {
                return false;
            }
            at = (at + 1) & (into.length - 1);
        }
        into[at] = hash;
        return true;
    }

    int size() {
        return size + (holdsZero ? 1 : 0);
    }
}
