package io.cloudland.callback.store.rocksdb;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long it is remembered what commands led to, and up to where the older ones were dropped. Rows lie in buckets as
 * long as the window, by the time they were written: what counts is in the present bucket or the one before. Writer only.
 */
final class SeenWindow {

    private final long millis;
    private long droppedBelow;

    SeenWindow(Duration window) {
        this.millis = window.toMillis();
    }

    /** Whether anything is remembered at all. */
    boolean isOn() {
        return millis > 0;
    }

    /** The start of the bucket of that moment. */
    long bucketOf(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), millis) * millis;
    }

    long before(long bucket) {
        return bucket - millis;
    }

    long after(long bucket) {
        return bucket + millis;
    }

    boolean isFresh(Instant at, Instant now) {
        return at.plusMillis(millis).isAfter(now);
    }

    /** The bucket below which all were dropped in this run. */
    long droppedBelow() {
        return droppedBelow;
    }

    void droppedBelow(long bucket) {
        droppedBelow = bucket;
    }
}
