package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Retention;

/**
 * How the writer is set.
 *
 * @param retention what is kept of deliveries that have ended
 * @param maxBytes how much the directory may take; the delivery log takes a quarter of it at most
 */
record WriterSetting(Sync sync, Retention retention, long maxBytes) {

    /** How much the delivery log may take; 0 for no log. */
    long maxLogBytes() {
        return Math.min(retention.logMaxBytes(), maxBytes / 4);
    }
}
