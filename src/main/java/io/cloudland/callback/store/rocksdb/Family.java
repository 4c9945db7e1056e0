package io.cloudland.callback.store.rocksdb;

import java.nio.charset.StandardCharsets;

/** The column families. {@code docs/store.md} has their keys and values. */
enum Family {
    /** Schema version, epoch, totals, endpoint names, watermarks. */
    META("default"),
    /** Open deliveries. Put once and single-deleted once: nothing else may be done to a key of it. */
    DELIVERIES("deliveries"),
    /** Attempts made and the due time of deliveries that have been tried. */
    RETRIES("retries"),
    /** The last known state of every resource. */
    STATES("states"),
    /** Dead letters, in order of death. */
    DEAD("dead"),
    /** What commands with an id led to, in buckets of time; whole buckets are dropped by range. */
    SEEN("seen"),
    /** Commands whose events cannot be made yet, in order of arrival, each followed by its open parts. */
    INBOX("inbox");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    byte[] nameBytes() {
        return title.getBytes(StandardCharsets.UTF_8);
    }
}
