package io.cloudland.callback.store.rocksdb;

/** The key of an open delivery: endpoint, slot, position; big-endian, so that a slot's deliveries lie in order. */
record DeliveryKey(int endpointId, int slot, long position) {

    byte[] toBytes() {
        return new Encoder(13)
                .putInt(endpointId)
                .putByte(slot)
                .putLong(position)
                .toBytes();
    }

    /** The key of the row that the deliveries of its event share, where they do: slot, position. */
    byte[] eventKey() {
        return new Encoder(9).putByte(slot).putLong(position).toBytes();
    }

    static DeliveryKey of(byte[] key) {
        Decoder decoder = new Decoder(key);
        DeliveryKey read = new DeliveryKey(decoder.getInt(), decoder.getByte(), decoder.getLong());
        decoder.end();
        return read;
    }

    /** The first key after all of that slot. */
    static byte[] endOf(int endpointId, int slot) {
        long next = ((long) endpointId << 8 | slot) + 1;
        return new Encoder(5).putInt((int) (next >>> 8)).putByte((int) next).toBytes();
    }
}
