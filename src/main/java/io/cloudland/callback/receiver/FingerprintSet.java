package io.cloudland.callback.receiver;

/** A set of non-zero longs that are random already: open addressing in one array, at most half full. */
final class FingerprintSet {

    private long[] slots = new long[1024];
    private int size;

    int size() {
        return size;
    }

    boolean contains(long fingerprint) {
        return slots[find(fingerprint)] == fingerprint;
    }

    /** Returns whether it was new. */
    boolean add(long fingerprint) {
        int at = find(fingerprint);
        if (slots[at] == fingerprint) {
            return false;
        }
        slots[at] = fingerprint;
        if (++size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    /** Where it stands, or the empty slot where it would. */
    private int find(long fingerprint) {
        int at = (int) fingerprint & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != fingerprint) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long fingerprint : before) {
            if (fingerprint != 0) {
                slots[find(fingerprint)] = fingerprint;
            }
        }
    }
}
