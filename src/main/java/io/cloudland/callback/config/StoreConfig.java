package io.cloudland.callback.config;

import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    /**
     * {@code type = "postgresql"}: in a database that several nodes may share.
     *
     * @param uri {@code postgresql://user@host:port/database}
     * @param password kept out of the uri so that it can come from the environment or a file
     * @param schema where its tables are
     * @param poolSize how many connections read
     * @param timeout how long one commit or read may take
     * @param pollInterval how often it is looked for what other nodes have kept
     * @param waitWhenAway how long a command may wait for the database while that is away
     * @param node the name of this one, the same at each start, another for each
     * @param lease how long the others wait for one that fell silent
     */
    record PostgreSql(
            Retention retention,
            String uri,
            Optional<Secret> password,
            String schema,
            int poolSize,
            Duration timeout,
            Duration pollInterval,
            Duration waitWhenAway,
            String node,
            Duration lease)
            implements StoreConfig {
        @Override
        public String type() {
            return "postgresql";
        }
    }
}
