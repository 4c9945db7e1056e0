package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.KeptPart;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The kept commands, as of the last commit and the changes before in this batch. Writer only. */
final class InboxBatch {

    private final Database database;
    private final InboxSize size;
    private final WriteBatch writes;
    private final Set<PartKey> added = new HashSet<>();
    private final Set<PartKey> removed = new HashSet<>();
    private boolean keptSome;

    InboxBatch(OpenStore store, WriteBatch writes) {
        this.database = store.database();
        this.size = store.inboxSize();
        this.writes = writes;
    }

    /** How many parts are kept. */
    long size() {
        return size.get() + added.size() - removed.size();
    }

    /** Whether it holds a command, which its sender has not been told of before it is durable. */
    boolean keptSome() {
        return keptSome;
    }

    /** @param parts one or more */
    void keep(long arrival, CommandMessage command, List<KeptPart> parts) throws RocksDBException {
        put(InboxCodec.commandKey(arrival), InboxCodec.encode(command));
        for (KeptPart part : parts) {
            PartKey key = PartKey.of(part);
            put(key.toBytes(), InboxCodec.encode(part));
            added.add(key);
        }
        keptSome = true;
    }

    private void put(byte[] key, byte[] row) throws RocksDBException {
        writes.put(database.handle(Family.INBOX), key, row);
    }

    boolean holds(KeptPart part) throws RocksDBException {
        PartKey key = PartKey.of(part);
        return !removed.contains(key) && (added.contains(key) || database.has(Family.INBOX, key.toBytes()));
    }

    /** Takes a part out that it holds, and the command with its last one. */
    void remove(KeptPart part) throws RocksDBException {
        PartKey key = PartKey.of(part);
        removed.add(key);
        delete(key.toBytes());
        if (!holdsAnyOf(part.arrival())) {
            delete(InboxCodec.commandKey(part.arrival()));
        }
    }

    private void delete(byte[] key) throws RocksDBException {
        writes.delete(database.handle(Family.INBOX), key);
    }

    private boolean holdsAnyOf(long arrival) throws RocksDBException {
        byte[] from = new PartKey(arrival, 0).toBytes();
        try (Scan scan = database.scan(Family.INBOX, from, InboxCodec.commandKey(arrival + 1))
                .first(from)) {
            for (; scan.isValid(); scan.next()) {
                if (!removed.contains(PartKey.of(scan.key()))) {
                    return true;
                }
            }
        }
        return added.stream().anyMatch(key -> key.arrival() == arrival && !removed.contains(key));
    }

    void published() {
        size.set(size());
    }
}
