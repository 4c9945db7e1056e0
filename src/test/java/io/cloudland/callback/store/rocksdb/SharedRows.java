package io.cloudland.callback.store.rocksdb;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;

/** The rows that deliveries share, in a store that is closed. */
final class SharedRows {

    private SharedRows() {}

    /** The positions of their events. */
    static Set<Long> positions(Path store, long maxBytes) throws RocksDBException {
        Set<Long> positions = new TreeSet<>();
        byte[] first = {0};
        try (Database database = Database.open(store, maxBytes);
                Scan scan =
                        database.scan(Family.EVENTS, first, new byte[] {-1, -1}).first(first)) {
            for (; scan.isValid(); scan.next()) {
                positions.add(new Decoder(scan.key()).skip(1).getLong());
            }
        }
        return positions;
    }
}
