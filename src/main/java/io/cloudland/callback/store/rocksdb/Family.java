package io.cloudland.callback.store.rocksdb;

import java.nio.charset.StandardCharsets;

/** The column families. {@code docs/store.md} has their keys and values. */
enum Family {
    /** Schema version, epoch, totals, endpoint names, watermarks. */
    META("default"),
    /** Open deliveries. Put once and single-deleted once: nothing else may be done to a key of it. */
    DELIVERIES("deliveries"),
    /** Attempts made, the due time and what is known of the attempts of deliveries that have been tried. */
    RETRIES("retries"),
    /** The last known state of every resource. */
    STATES("states"),
    /** Dead letters, in order of death. */
    DEAD("dead"),
    /** The delivery log: attempts that have ended, in the order in which they were noted. */
    LOG("log"),
    /** What commands with an id led to, in buckets of time; whole buckets are dropped by range. */
    SEEN("seen"),
    /** Commands whose events cannot be made yet, in order of arrival, each followed by its open parts. */
    INBOX("inbox"),
    /** Events that several open deliveries share. Put once and single-deleted once, with the last of these. */
    EVENTS("events");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    /** Whether its rows come and go, so that deletions pile up. */
    boolean isQueue() {
        return this == DELIVERIES || this == RETRIES || this == DEAD || this == INBOX || this == EVENTS;
    }

    byte[] nameBytes() {
        return title.getBytes(StandardCharsets.UTF_8);
    }
}
