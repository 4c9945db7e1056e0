package io.cloudland.callback.store.rocksdb;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A walk over the keys of one family between two bounds. Always bounded, so that it never walks into the graves beyond. */
final class Scan implements AutoCloseable {

    private final Slice lower;
    private final Slice upper;
    private final ReadOptions options;
    private final RocksIterator iterator;

    /** Opens the walk and stands nowhere yet; {@link Database#scan} makes it. */
    Scan(byte[] from, byte[] to, java.util.function.Function<ReadOptions, RocksIterator> open) {
        this.lower = new Slice(from);
        this.upper = new Slice(to);
        this.options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
        this.iterator = open.apply(options);
    }

    Scan first(byte[] from) {
        iterator.seek(from);
        return this;
    }

    Scan last() {
        iterator.seekToLast();
        return this;
    }

    /** Whether there is a key here; fails where the walk ended by an error. */
    boolean isValid() throws RocksDBException {
        if (iterator.isValid()) {
            return true;
        }
        iterator.status();
        return false;
    }

    void next() {
        iterator.next();
    }

    void previous() {
        iterator.prev();
    }

    byte[] key() {
        return iterator.key();
    }

    byte[] value() {
        return iterator.value();
    }

    /** Copies the start of the value, as much as fits; returns how long the whole value is. */
    int valueStart(byte[] into) {
        return iterator.value(into);
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        upper.close();
        lower.close();
    }
}
