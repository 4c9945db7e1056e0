package io.cloudland.callback.store.rocksdb;

import java.util.ArrayList;
import java.util.List;

/** The attempts of one {@link Batch} for the delivery log. Writer only. */
final class BatchLog {

    private final List<Entry> entries = new ArrayList<>();

    /** One attempt, encoded by whoever noted it. */
    static final class Entry {
        private final long startedAt;
        private final byte[] bytes;

        /** @param startedAt in milliseconds */
        Entry(long startedAt, byte[] bytes) {
            this.startedAt = startedAt;
            this.bytes = bytes;
        }

        long startedAt() {
            return startedAt;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    List<Entry> entries() {
        return entries;
    }
}
