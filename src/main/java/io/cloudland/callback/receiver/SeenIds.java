package io.cloudland.callback.receiver;

/**
 * Remembers which ids were seen, in bounded memory: two generations of fingerprints, of which the older is dropped when
 * the younger is full.
 */
final class SeenIds {

    static final int GENERATION = 1 << 22;

    private final int generationSize;
    private FingerprintSet young = new FingerprintSet();
    private FingerprintSet old = new FingerprintSet();

    SeenIds() {
        this(GENERATION);
    }

    SeenIds(int generationSize) {
        this.generationSize = generationSize;
    }

    /** Remembers an id. Returns whether it was new. */
    boolean add(String id) {
        long fingerprint = fingerprint(id);
        if (old.contains(fingerprint) || !young.add(fingerprint)) {
            return false;
        }
        if (young.size() >= generationSize) {
            old = young;
            young = new FingerprintSet();
        }
        return true;
    }

    boolean contains(String id) {
        long fingerprint = fingerprint(id);
        return young.contains(fingerprint) || old.contains(fingerprint);
    }

    void clear() {
        young = new FingerprintSet();
        old = new FingerprintSet();
    }

    /** 64 well mixed bits of an id, never 0. */
    private static long fingerprint(String id) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
