package io.cloudland.callback;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.StoreConfig;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.store.rocksdb.RocksDbEventStore;
import io.cloudland.callback.store.rocksdb.Sync;
import io.cloudland.callback.time.TimeSource;

/** Makes the store that the configuration names. */
final class Stores {

    private Stores() {}

    static EventStore of(CallbackConfig config, TimeSource time) {
        return config.store() instanceof StoreConfig.RocksDb disk
                ? new RocksDbEventStore(
                        disk.path(),
                        Sync.ofWireName(disk.sync()).orElseThrow(),
                        disk.maxBytes(),
                        config.queueSize(),
                        disk.retention(),
                        time)
                : new MemoryEventStore(config.queueSize(), config.store().retention(), time);
    }
}
