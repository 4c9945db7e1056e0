package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What the store knows of itself: its schema version, epoch, totals, endpoint numbers and watermarks. */
final class Meta {

    /** Version 1 had every delivery's event and payload in its own row; such rows are read, as long as there are any. */
    static final int SCHEMA_VERSION = 2;

    private static final byte[] SCHEMA = key("schema");
    private static final byte[] EPOCH = key("epoch");
    private static final byte[] TOTALS = key("totals");
    private static final String ENDPOINT = "endpoint:";
    private static final String WATERMARK = "watermark:";

    private final Database database;

    Meta(Database database) {
        this.database = database;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Refuses what a newer version wrote, and marks what it lets in as of this one, so that older ones refuse it.
     *
     * @param newEpoch for a store that is new
     */
    void claim(Path path, String newEpoch) throws RocksDBException {
        byte[] found = database.get(Family.META, SCHEMA);
        if (found == null) {
            try (WriteBatch first = new WriteBatch()) {
                first.put(database.handle(Family.META), SCHEMA, schema(SCHEMA_VERSION));
                first.put(database.handle(Family.META), EPOCH, key(newEpoch));
                database.write(first, true);
            }
        } else {
            letIn(path, new Decoder(found).getInt());
        }
    }

    private void letIn(Path path, int version) throws RocksDBException {
        if (version > SCHEMA_VERSION) {
            throw newerVersion(path, version);
        }
        if (version < SCHEMA_VERSION) {
            try (WriteBatch mark = new WriteBatch()) {
                mark.put(database.handle(Family.META), SCHEMA, schema(SCHEMA_VERSION));
                database.write(mark, true);
            }
        }
    }

    static byte[] schema(int version) {
        return new Encoder(4).putInt(version).toBytes();
    }

    private static CallbackException newerVersion(Path path, int version) {
        return new CallbackException(
                ErrorCode.CONFIG_INVALID,
                "the store in " + path + " was written by a newer version of CloudLand Callback (schema " + version
                        + ", this one knows " + SCHEMA_VERSION + "); start that version again, or give this one another"
                        + " callback.store.path; nothing was changed");
    }

    String epoch() throws RocksDBException {
        byte[] epoch = database.get(Family.META, EPOCH);
        if (epoch == null) {
            throw new IllegalArgumentException("the epoch is missing");
        }
        return new String(epoch, StandardCharsets.UTF_8);
    }

    Totals totals() throws RocksDBException {
        byte[] row = database.get(Family.META, TOTALS);
        return row == null ? Totals.NONE : Totals.decode(row);
    }

    void putTotals(WriteBatch batch, Totals totals) throws RocksDBException {
        batch.put(database.handle(Family.META), TOTALS, totals.encode());
    }

    void putEndpoint(WriteBatch batch, String name, int id) throws RocksDBException {
        byte[] value = new Encoder(4).putInt(id).toBytes();
        batch.put(database.handle(Family.META), key(ENDPOINT + name), value);
    }

    EndpointIds endpoints() throws RocksDBException {
        EndpointIds ids = new EndpointIds();
        try (Scan scan = prefixed(ENDPOINT)) {
            for (; scan.isValid(); scan.next()) {
                String name = new String(scan.key(), StandardCharsets.UTF_8).substring(ENDPOINT.length());
                ids.put(name, new Decoder(scan.value()).getInt());
            }
        }
        return ids;
    }

    void putWatermark(WriteBatch batch, int endpointId, int slot, long position) throws RocksDBException {
        byte[] key = new Encoder(16)
                .putRaw(key(WATERMARK))
                .putInt(endpointId)
                .putByte(slot)
                .toBytes();
        byte[] value = new Encoder(8).putLong(position).toBytes();
        batch.put(database.handle(Family.META), key, value);
    }

    Watermarks watermarks() throws RocksDBException {
        Watermarks marks = new Watermarks();
        try (Scan scan = prefixed(WATERMARK)) {
            for (; scan.isValid(); scan.next()) {
                Decoder key = new Decoder(scan.key()).skip(WATERMARK.length());
                marks.set(key.getInt(), key.getByte(), new Decoder(scan.value()).getLong());
            }
        }
        return marks;
    }

    private Scan prefixed(String prefix) {
        byte[] from = key(prefix);
        byte[] to = from.clone();
        to[to.length - 1]++; // The ":" at the end becomes ";".
        return database.scan(Family.META, from, to).first(from);
    }
}
