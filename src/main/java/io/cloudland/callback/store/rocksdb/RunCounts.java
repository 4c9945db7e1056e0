package io.cloudland.callback.store.rocksdb;

/** What has happened since the store was opened; see {@link io.cloudland.callback.store.StoreStats}. */
record RunCounts(
        long events,
        long delivered,
        long dead,
        long replayed,
        long purged,
        long letGo,
        long logDropped,
        long coalesced) {

    static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0);

    RunCounts withEvent() {
        return new RunCounts(events + 1, delivered, dead, replayed, purged, letGo, logDropped, coalesced);
    }

    RunCounts withDelivered() {
        return new RunCounts(events, delivered + 1, dead, replayed, purged, letGo, logDropped, coalesced);
    }

    RunCounts withDead() {
        return new RunCounts(events, delivered, dead + 1, replayed, purged, letGo, logDropped, coalesced);
    }

    RunCounts withReplayed() {
        return new RunCounts(events, delivered, dead, replayed + 1, purged, letGo, logDropped, coalesced);
    }

    RunCounts withPurged() {
        return new RunCounts(events, delivered, dead, replayed, purged + 1, letGo, logDropped, coalesced);
    }

    RunCounts withLetGo(long count) {
        return new RunCounts(events, delivered, dead, replayed, purged, letGo + count, logDropped, coalesced);
    }

    RunCounts withLogDropped(long count) {
        return new RunCounts(events, delivered, dead, replayed, purged, letGo, logDropped + count, coalesced);
    }

    RunCounts withCoalesced() {
        return new RunCounts(events, delivered, dead, replayed, purged, letGo, logDropped, coalesced + 1);
    }
}
