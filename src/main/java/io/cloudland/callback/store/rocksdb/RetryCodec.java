package io.cloudland.callback.store.rocksdb;

import java.time.Instant;

/** The row of a delivery that has been tried: version, attempts made, when the next is due. Written anew by each retry. */
final class RetryCodec {

    private static final int VERSION = 1;

    record Row(int attemptsMade, Instant notBefore) {}

    private RetryCodec() {}

    static byte[] encode(int attemptsMade, Instant notBefore) {
        return new Encoder(16)
                .putByte(VERSION)
                .putNumber(attemptsMade)
                .putInstant(notBefore)
                .toBytes();
    }

    static Row decode(byte[] row) {
        Decoder from = Decoder.ofVersion(row, VERSION);
        Row read = new Row(from.getSmallNumber(), from.getInstant());
        from.end();
        return read;
    }
}
