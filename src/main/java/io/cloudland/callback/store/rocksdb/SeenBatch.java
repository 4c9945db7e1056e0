package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What commands with an id led to, as of the last commit and the changes before in this batch. Writer only. */
final class SeenBatch {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final Database database;
    private final SeenWindow window;
    private final WriteBatch writes;
    private final Map<CommandKey, SeenCodec.Seen> added = new HashMap<>();
    private long droppedBelow;

    SeenBatch(OpenStore store, WriteBatch writes) {
        this.database = store.database();
        this.window = store.seen();
        this.writes = writes;
        this.droppedBelow = window.droppedBelow();
    }

    /** What that key led to within the window before now, or null. */
    @Nullable
    AppendResult earlier(Optional<CommandKey> key, Instant now) throws RocksDBException {
        if (key.isEmpty() || !window.isOn()) {
            return null;
        }
        SeenCodec.Seen seen = added.get(key.get());
        if (seen == null) {
            long bucket = window.bucketOf(now);
            seen = read(bucket, key.get());
            seen = seen != null ? seen : read(window.before(bucket), key.get());
            seen = seen != null ? seen : read(window.after(bucket), key.get()); // The clock was set back at a restart.
        }
        return seen != null && window.isFresh(seen.at(), now) ? seen.asResult() : null;
    }

    private SeenCodec.@Nullable Seen read(long bucket, CommandKey key) throws RocksDBException {
        byte[] row = database.get(Family.SEEN, SeenCodec.key(bucket, key));
        try {
            return row == null ? null : SeenCodec.decode(row);
        } catch (IllegalArgumentException e) {
            log.warn("What {} led to cannot be read: {}; it counts as new", key, e.getMessage());
            return null;
        }
    }

    /** @param eventId empty where the command changed nothing */
    void remember(Optional<CommandKey> key, Optional<EventId> eventId, Instant now) throws RocksDBException {
        if (key.isEmpty() || !window.isOn()) {
            return;
        }
        long bucket = window.bucketOf(now);
        SeenCodec.Seen seen = new SeenCodec.Seen(now, eventId);
        added.put(key.get(), seen);
        dropOlderThan(window.before(bucket));
        writes.put(database.handle(Family.SEEN), SeenCodec.key(bucket, key.get()), SeenCodec.encode(seen));
    }

    /** One range per window, however many rows there are. */
    private void dropOlderThan(long bucket) throws RocksDBException {
        if (bucket > droppedBelow) {
            writes.deleteRange(database.handle(Family.SEEN), SeenCodec.bucketStart(0), SeenCodec.bucketStart(bucket));
            droppedBelow = bucket;
        }
    }

    void published() {
        window.droppedBelow(droppedBelow);
    }
}
