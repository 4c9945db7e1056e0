package io.cloudland.callback.store.rocksdb;

import org.rocksdb.RocksDBException;

/** How many parts of commands are kept: counted when the store is opened, then moved on by the writer; read by anyone. */
final class InboxSize {

    private volatile long parts;
    private final long lastArrival;

    private InboxSize(long parts, long lastArrival) {
        this.parts = parts;
        this.lastArrival = lastArrival;
    }

    static InboxSize count(Database database) throws RocksDBException {
        long parts = 0;
        long lastArrival = 0;
        byte[] from = InboxCodec.commandKey(0);
        try (Scan scan = database.scan(Family.INBOX, from, InboxCodec.commandKey(Long.MAX_VALUE))
                .first(from)) {
            for (; scan.isValid(); scan.next()) {
                lastArrival = InboxCodec.arrivalOf(scan.key());
                parts += InboxCodec.isOfPart(scan.key()) ? 1 : 0;
            }
        }
        return new InboxSize(parts, lastArrival);
    }

    /** The arrival of the last command that was there when the store was opened; 0 for none. */
    long lastArrival() {
        return lastArrival;
    }

    long get() {
        return parts;
    }

    void set(long parts) {
        this.parts = parts;
    }
}
