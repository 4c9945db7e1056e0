package io.cloudland.callback.store.rocksdb;

/**
 * Where the delivery log lies. Its keys count the bytes ever written to it, so that its size is known without a count.
 *
 * @param floor rows below are deleted
 * @param end where the next row goes
 */
record LogSpan(long floor, long end) {

    static final LogSpan NONE = new LogSpan(0, 0);

    long bytes() {
        return end - floor;
    }

    LogSpan with(long rowBytes) {
        return new LogSpan(floor, end + rowBytes);
    }

    LogSpan from(long newFloor) {
        return new LogSpan(newFloor, end);
    }

    static byte[] key(long offset) {
        return new Encoder(8).putLong(offset).toBytes();
    }
}
