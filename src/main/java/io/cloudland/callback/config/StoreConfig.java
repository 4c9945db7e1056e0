package io.cloudland.callback.config;

import io.cloudland.callback.model.Retention;
import java.nio.file.Path;

/** {@code [callback.store]}: where events and deliveries are kept. */
public sealed interface StoreConfig {

    /** The name of the type in the file. */
    String type();

    /** How long what has ended is kept. */
    Retention retention();

    /** {@code type = "memory"}: in the heap, gone with the process. */
    record Memory(Retention retention) implements StoreConfig {
        @Override
        public String type() {
            return "memory";
        }
    }

    /**
     * {@code type = "rocksdb"}: in a directory of the local disk.
     *
     * @param sync {@code always}, {@code interval} or {@code off}
     * @param maxBytes how much the directory may take before commands are refused
     */
    record RocksDb(Retention retention, Path path, String sync, long maxBytes) implements StoreConfig {
        @Override
        public String type() {
            return "rocksdb";
        }
    }
}
