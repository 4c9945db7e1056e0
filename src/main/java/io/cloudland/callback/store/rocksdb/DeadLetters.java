package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the dead letters. Any thread but an event loop. */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final byte[] END = DeadKey.floor(Long.MAX_VALUE);

    private final OpenStore store;

    DeadLetters(OpenStore store) {
        this.store = store;
    }

    /** Newest first. */
    List<DeadLetter> newest(DeadLetterFilter filter, int limit, Patience patience) throws RocksDBException {
        List<DeadLetter> found = new ArrayList<>();
        try (Scan scan = between(lowest(filter), highest(filter)).last()) {
            for (; found.size() < limit && scan.isValid(); scan.previous()) {
                patience.step();
                matching(filter, scan.value()).ifPresent(found::add);
            }
        }
        return found;
    }

    /**
     * Walks over those that match, oldest first, until told to stop.
     *
     * @param after the key to go on after; null to start
     * @param visitor returns whether to go on
     */
    void visit(
            DeadLetterFilter filter,
            @Nullable DeadKey after,
            BiPredicate<DeadKey, DeadLetter> visitor,
            Patience patience)
            throws RocksDBException {
        byte[] first = after == null ? lowest(filter) : after.next();
        try (Scan scan = between(first, highest(filter)).first(first)) {
            for (boolean goOn = true; goOn && scan.isValid(); scan.next()) {
                patience.step();
                DeadKey key = DeadKey.of(scan.key());
                Optional<DeadLetter> letter = matching(filter, scan.value());
                goOn = letter.isEmpty() || visitor.test(key, letter.get());
            }
        }
    }

    private Scan between(byte[] from, byte[] to) {
        return store.database().scan(Family.DEAD, Arrays.compareUnsigned(from, to) < 0 ? from : to, to);
    }

    private byte[] lowest(DeadLetterFilter filter) {
        long floor = store.totals().get().letters().floor();
        long from = filter.diedFrom().map(Instant::toEpochMilli).orElse(0L);
        return DeadKey.floor(Math.max(floor, from));
    }

    private static byte[] highest(DeadLetterFilter filter) {
        return filter.diedBefore()
                .map(time -> DeadKey.floor(time.toEpochMilli() + 1))
                .orElse(END);
    }

    private static Optional<DeadLetter> matching(DeadLetterFilter filter, byte[] row) {
        try {
            return DeadLetterCodec.mayBeOf(filter.eventId(), row)
                    ? Optional.of(DeadLetterCodec.decode(row)).filter(filter::matches)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            log.warn("A dead letter cannot be read: {}; it is left out of the list and kept", e.getMessage());
            return Optional.empty();
        }
    }

    /** From that key to the end. */
    Scan from(byte[] key) {
        return store.database().scan(Family.DEAD, key, END).first(key);
    }

    /** When the oldest died, in milliseconds; {@link Long#MAX_VALUE} where there is none. */
    long oldest() throws RocksDBException {
        try (Scan scan = from(DeadKey.floor(store.totals().get().letters().floor()))) {
            return scan.isValid() ? DeadKey.of(scan.key()).diedAtMillis() : Long.MAX_VALUE;
        }
    }
}
