package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.StoreStats;

/** What this node has done since the store was opened; see {@link StoreStats}. */
record RunCounts(long events, long delivered, long dead, long replayed, long purged, long letGo, long coalesced) {

    static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0);

    static RunCounts ofEvents(long count) {
        return new RunCounts(count, 0, 0, 0, 0, 0, 0);
    }

    static RunCounts ofEnded(long delivered, long dead) {
        return new RunCounts(0, delivered, dead, 0, 0, 0, 0);
    }

    static RunCounts ofCoalesced(long count) {
        return new RunCounts(0, 0, 0, 0, 0, 0, count);
    }

    static RunCounts ofReplayed(long count) {
        return new RunCounts(0, 0, 0, count, 0, 0, 0);
    }

    static RunCounts ofPurged(long count) {
        return new RunCounts(0, 0, 0, 0, count, 0, 0);
    }

    static RunCounts ofLetGo(long count) {
        return new RunCounts(0, 0, 0, 0, 0, count, 0);
    }

    RunCounts and(RunCounts more) {
        return new RunCounts(
                events + more.events,
                delivered + more.delivered,
                dead + more.dead,
                replayed + more.replayed,
                purged + more.purged,
                letGo + more.letGo,
                coalesced + more.coalesced);
    }

    StoreStats with(Totals totals, long capacity) {
        return new StoreStats(
                events,
                delivered + dead + coalesced + totals.pending(),
                delivered,
                dead,
                totals.pending(),
                capacity,
                totals.letters(),
                replayed,
                purged,
                letGo,
                0,
                coalesced);
    }
}
