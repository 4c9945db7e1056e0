package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Instant;
import java.util.Optional;

/** The row of what a command with an id led to: version, when, and the event's id where there is one. */
final class SeenCodec {

    private static final int VERSION = 1;

    private SeenCodec() {}

    /** @param bucketMillis begins the key, so that what is too old lies in one range */
    static byte[] key(long bucketMillis, CommandKey key) {
        return new Encoder(96)
                .putLong(bucketMillis)
                .putText(key.id())
                .putText(key.mention())
                .toBytes();
    }

    static byte[] bucketStart(long bucketMillis) {
        return new Encoder(8).putLong(bucketMillis).toBytes();
    }

    static byte[] encode(Seen seen) {
        return new Encoder(64)
                .putByte(VERSION)
                .putInstant(seen.at())
                .putText(seen.eventId().map(EventId::value))
                .toBytes();
    }

    static Seen decode(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        Seen seen = new Seen(from.getInstant(), from.getOptionalText().map(EventId::new));
        from.end();
        return seen;
    }

    /**
     * What a key led to.
     *
     * @param eventId empty where it changed nothing
     */
    record Seen(Instant at, Optional<EventId> eventId) {

        AppendResult asResult() {
            return eventId.isPresent() ? new AppendResult.Duplicate(eventId.get()) : new AppendResult.Unchanged();
        }
    }
}
