package io.cloudland.callback.store.rocksdb;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * When what is written is forced onto the disk. It matters for a power cut or a crash of the machine only: a process that
 * dies, by {@code kill -9} too, loses nothing with any of them.
 */
public enum Sync {
    /**
     * Before an event is acknowledged; many appends share one sync. How deliveries end follows within 100 ms: a power cut
     * may send those of the last moment once more.
     */
    ALWAYS,
    /** Every 100 ms: a power cut may lose the events of the last moment. */
    INTERVAL,
    /** Whenever the operating system likes to: a power cut may lose the events of the last half minute or so. */
    OFF;

    /** The name in the configuration, for example {@code always}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that wire name, or empty. */
    public static Optional<Sync> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(sync -> sync.wireName().equals(wireName))
                .findFirst();
    }
}
