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

/**
 * Makes the store that the configuration names, and says which of its slots are this service's.
 *
 * @param store not open yet
 * @param slots to be joined when it is
 */
record Stores(EventStore store, NodeSlots slots) {

    static Stores of(CallbackConfig config, Vertx vertx, TimeSource time) {
        if (config.store() instanceof StoreConfig.RocksDb disk) {
            return alone(rocksDb(config, disk, time));
        }
        return config.store() instanceof StoreConfig.PostgreSql database
                ? shared(config, database, vertx, time)
                : alone(new MemoryEventStore(
                        config.queueSize(),
                        config.store().retention(),
                        config.ingest().dedupWindow(),
                        time));
    }

    private static Stores alone(EventStore store) {
        return new Stores(store, NodeSlots.ALL);
    }

    private static Stores shared(CallbackConfig config, StoreConfig.PostgreSql database, Vertx vertx, TimeSource time) {
        PostgresSettings settings = postgres(config, database);
        LeasedSlots slots = new LeasedSlots(vertx, database, settings, time);
        return new Stores(new PostgresEventStore(vertx, settings, slots::tokenOf, time), slots);
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

    static PostgresSettings postgres(CallbackConfig config, StoreConfig.PostgreSql database) {
        return new PostgresSettings(
                database.uri(),
                database.password(),
                database.schema(),
                database.node(),
                database.poolSize(),
                database.timeout(),
                database.pollInterval(),
                database.waitWhenAway(),
                database.lease(),
                config.queueSize(),
                database.retention(),
                config.ingest().dedupWindow());
    }
}
