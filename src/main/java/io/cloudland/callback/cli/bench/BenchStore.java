package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;

/** Where the service of a benchmark keeps what is pending. */
enum BenchStore {
    MEMORY,
    ROCKSDB;

    /** As it stands in {@code callback.store.type}, on the command line and in the figures. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The section {@code callback.store}.
     *
     * @param path a directory that is not there yet
     */
    JsonObject section(Path path) {
        JsonObject section = new JsonObject().put("type", toString());
        return this == MEMORY ? section : section.put("path", path.toString());
    }
}
