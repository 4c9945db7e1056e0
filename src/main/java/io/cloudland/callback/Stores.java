package io.cloudland.callback;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.StoreConfig;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.store.postgresql.PostgresEventStore;
import io.cloudland.callback.store.postgresql.PostgresSettings;
import io.cloudland.callback.store.rocksdb.RocksDbEventStore;
import io.cloudland.callback.store.rocksdb.Sync;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Vertx;

/** Makes the store that the configuration names. */
final class Stores {

    private Stores() {}

    static EventStore of(CallbackConfig config, Vertx vertx, TimeSource time) {
        if (config.store() instanceof StoreConfig.RocksDb disk) {
            return rocksDb(config, disk, time);
        }
        return config.store() instanceof StoreConfig.PostgreSql database
                ? new PostgresEventStore(vertx, postgres(config, database), time)
                : new MemoryEventStore(
                        config.queueSize(),
                        config.store().retention(),
                        config.ingest().dedupWindow(),
                        time);
    }

    private static EventStore rocksDb(CallbackConfig config, StoreConfig.RocksDb disk, TimeSource time) {
        return new RocksDbEventStore(
                disk.path(),
                Sync.ofWireName(disk.sync()).orElseThrow(),
                disk.maxBytes(),
                config.queueSize(),
                disk.retention(),
                config.ingest().dedupWindow(),
                time);
    }

    /** Kept commands go by the prefix: it is the same after a restart, and no two services of a host have the same. */
    static PostgresSettings postgres(CallbackConfig config, StoreConfig.PostgreSql database) {
        return new PostgresSettings(
                database.uri(),
                database.password(),
                database.schema(),
                config.prefix(),
                database.poolSize(),
                database.timeout(),
                database.pollInterval(),
                database.waitWhenAway(),
                config.queueSize(),
                database.retention(),
                config.ingest().dedupWindow());
    }
}
