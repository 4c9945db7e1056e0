package io.cloudland.callback.store.postgresql;

import java.util.function.IntSupplier;

/**
 * What an open store is made of.
 *
 * @param part the row of the tally that the writer adds to
 * @param lastArrival the last of the commands that were kept when it was opened
 */
record Rooms(
        Commit.Setting setting,
        Transactions transactions,
        Writer writer,
        Reads reads,
        Counts counts,
        Bounds bounds,
        Fence fence,
        IntSupplier part,
        long lastArrival) {}
