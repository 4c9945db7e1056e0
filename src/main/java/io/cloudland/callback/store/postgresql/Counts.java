package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.StoreStats;

/** The store's counts: read from anywhere without asking the database, changed by the {@link Writer} alone. */
final class Counts {

    private record Now(Totals totals, RunCounts run) {}

    private volatile Now now = new Now(Totals.NONE, RunCounts.NONE);

    /** After a commit: what was there by then, and what it did. Writer only. */
    void add(Totals totals, RunCounts done) {
        now = new Now(totals, now.run().and(done));
    }

    Totals totals() {
        return now.totals();
    }

    StoreStats stats(long capacity) {
        Now here = now;
        return here.run().with(here.totals(), capacity);
    }
}
