package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.KeptPart;

/** The key of an open part of a kept command: the command's arrival, the part's index; big-endian, so that they lie in order. */
record PartKey(long arrival, int index) {

    static PartKey of(KeptPart part) {
        return new PartKey(part.arrival(), part.index());
    }

    static PartKey of(byte[] key) {
        Decoder from = new Decoder(key);
        PartKey read = new PartKey(from.getLong(), from.getInt());
        from.end();
        return read;
    }

    byte[] toBytes() {
        return new Encoder(12).putLong(arrival).putInt(index).toBytes();
    }
}
