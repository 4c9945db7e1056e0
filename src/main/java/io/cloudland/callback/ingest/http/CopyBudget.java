package io.cloudland.callback.ingest.http;

/** Bounds the bytes of request bodies that are held at once, over all connections. Confined to the {@link ProxyLoop}. */
final class CopyBudget {

    private final long most;
    private long taken;

    CopyBudget(long most) {
        this.most = most;
    }

    /** Whether so many more may be held; they are taken then. */
    boolean take(long bytes) {
        if (taken + bytes > most) {
            return false;
        }
        taken += bytes;
        return true;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }

    long taken() {
        return taken;
    }
}
