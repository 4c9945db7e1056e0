package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads kept commands in the order of their arrival. Any thread but an event loop. */
final class InboxReader {

    private static final Logger log = LoggerFactory.getLogger("store");

    private final Database database;

    InboxReader(Database database) {
        this.database = database;
    }

    List<KeptCommand> after(long afterArrival, int limit) throws RocksDBException {
        List<KeptCommand> found = new ArrayList<>();
        byte[] from = InboxCodec.commandKey(afterArrival + 1);
        try (Scan scan = database.scan(Family.INBOX, from, InboxCodec.commandKey(Long.MAX_VALUE))
                .first(from)) {
            while (found.size() < limit && scan.isValid()) {
                read(scan, found);
            }
        }
        return found;
    }

    /** The row of a command and those of its parts; stands behind them then. */
    private static void read(Scan scan, List<KeptCommand> found) throws RocksDBException {
        byte[] first = scan.key();
        byte[] row = scan.value();
        long arrival = InboxCodec.arrivalOf(first);
        List<KeptPart> parts = new ArrayList<>();
        try {
            CommandMessage command = InboxCodec.decode(row);
            scan.next();
            readParts(scan, arrival, parts);
            if (!parts.isEmpty()) {
                found.add(new KeptCommand(arrival, command, parts));
            }
        } catch (IllegalArgumentException e) {
            log.error(
                    "The kept command {} cannot be read: {}; its events are not made, its bytes are kept, the others go"
                            + " on",
                    arrival,
                    e.getMessage());
            skip(scan, arrival);
        }
    }

    private static void readParts(Scan scan, long arrival, List<KeptPart> parts) throws RocksDBException {
        while (scan.isValid() && InboxCodec.arrivalOf(scan.key()) == arrival) {
            parts.add(InboxCodec.decode(scan.key(), scan.value()));
            scan.next();
        }
    }

    private static void skip(Scan scan, long arrival) throws RocksDBException {
        while (scan.isValid() && InboxCodec.arrivalOf(scan.key()) == arrival) {
            scan.next();
        }
    }
}
