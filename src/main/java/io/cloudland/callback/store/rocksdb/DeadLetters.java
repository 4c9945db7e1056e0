package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the dead letters, and lets the oldest go. */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final byte[] END = new Encoder(8).putLong(Long.MAX_VALUE).toBytes();

    private final OpenStore store;

    DeadLetters(OpenStore store) {
        this.store = store;
    }

    List<DeadLetter> newest(int limit) throws RocksDBException {
        List<DeadLetter> found = new ArrayList<>();
        byte[] floor = floor(store.totals().get());
        try (Scan scan = store.database().scan(Family.DEAD, floor, END).last()) {
            for (; found.size() < limit && scan.isValid(); scan.previous()) {
                read(scan.value(), found);
            }
        }
        return found;
    }

    private static void read(byte[] row, List<DeadLetter> found) {
        try {
            found.add(DeadLetterCodec.decode(row));
        } catch (IllegalArgumentException e) {
            log.warn("A dead letter cannot be read: {}; it is left out of the list and kept", e.getMessage());
        }
    }

    /** Deletes as many of the oldest as are too many; returns the counts after that. */
    Totals letGo(Totals totals, int max, WriteBatch writes) throws RocksDBException {
        long excess = totals.deadKept() - max;
        if (excess <= 0) {
            return totals;
        }
        byte[] floor = floor(totals);
        long gone = 0;
        long newFloor = totals.deadFloor();
        try (Scan scan = store.database().scan(Family.DEAD, floor, END).first(floor)) {
            for (; gone < excess && scan.isValid(); scan.next(), gone++) {
                newFloor = new Decoder(scan.key()).getLong();
                writes.delete(store.database().handle(Family.DEAD), scan.key());
            }
        }
        return totals.withDeadLetGo(gone, newFloor);
    }

    private static byte[] floor(Totals totals) {
        return new Encoder(8).putLong(totals.deadFloor()).toBytes();
    }
}
