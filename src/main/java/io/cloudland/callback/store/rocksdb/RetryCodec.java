package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Tries;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The row of a delivery that has been tried, or stands for others: version, attempts made, when the next is due, when it was
 * tried and how the last attempt ended, and in version 3 what it stands for. Written anew by each retry. Version 1 had only
 * the first two.
 */
final class RetryCodec {

    private static final int VERSION = 2;
    private static final int WITHOUT_TRIES = 1;

    /** A row of one that stands for others; all others are written as they always were. */
    private static final int COALESCED = 3;

    record Row(int attemptsMade, Instant notBefore, Tries tries, Coalesced coalesced) {}

    private RetryCodec() {}

    static byte[] encode(Row row) {
        Encoder to = new Encoder(64)
                .putByte(row.coalesced().isNothing() ? VERSION : COALESCED)
                .putNumber(row.attemptsMade())
                .putInstant(row.notBefore());
        AttemptCodec.putTimes(to, row.tries().startedAt());
        to.putByte(row.tries().last().isPresent() ? 1 : 0);
        row.tries().last().ifPresent(last -> AttemptCodec.put(to, last));
        CoalescedCodec.put(to, row.coalesced());
        return to.toBytes();
    }

    static Row decode(byte[] row) {
        int version = new Decoder(row).getByte();
        boolean known = version == WITHOUT_TRIES || version == COALESCED;
        Decoder from = Decoder.ofVersion(row, known ? version : VERSION);
        Row read = new Row(
                from.getSmallNumber(),
                from.getInstant(),
                version == WITHOUT_TRIES ? Tries.none() : getTries(from),
                CoalescedCodec.get(from, version == COALESCED));
        from.end();
        return read;
    }

    private static Tries getTries(Decoder from) {
        List<Instant> times = AttemptCodec.getTimes(from);
        return new Tries(times, from.getByte() == 0 ? Optional.empty() : Optional.of(AttemptCodec.get(from)));
    }
}
