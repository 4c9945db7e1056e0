package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.DeadLetter;

/** The key of a dead letter: in order of death; two of one millisecond in order of acceptance. */
record DeadKey(long diedAtMillis, long position, int endpointId) {

    static DeadKey of(DeadLetter letter, DeliveryKey key) {
        return new DeadKey(letter.diedAt().toEpochMilli(), key.position(), key.endpointId());
    }

    static DeadKey of(byte[] key) {
        Decoder from = new Decoder(key);
        DeadKey read = new DeadKey(from.getLong(), from.getLong(), from.getInt());
        from.end();
        return read;
    }

    byte[] toBytes() {
        return new Encoder(20)
                .putLong(diedAtMillis)
                .putLong(position)
                .putInt(endpointId)
                .toBytes();
    }

    /** Before every letter that died at that time or later. */
    static byte[] floor(long millis) {
        return new Encoder(8).putLong(Math.max(0, millis)).toBytes();
    }

    /** The first key after this one. */
    byte[] next() {
        return new Encoder(21).putRaw(toBytes()).putByte(0).toBytes();
    }
}
