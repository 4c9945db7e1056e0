package io.cloudland.callback.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Makes a directory that is still there after a power cut: RocksDB forces what is in it onto the disk, not its own entry. */
final class NewDirectory {

    private NewDirectory() {}

    /** Makes it with all above it; one that is there stays as it is. */
    static void make(Path path) throws IOException {
        Path missing = path.toAbsolutePath();
        if (Files.isDirectory(missing)) {
            return;
        }
        Path parent = missing.getParent();
        if (parent != null) {
            make(parent);
        }
        Files.createDirectories(missing);
        force(parent);
    }

    /** Where a system cannot open a directory, as Windows, there is nothing to force. */
    private static void force(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOnThisSystem) {
            // The file system keeps the entry by itself, or the first sync inside will fail and be told.
        }
    }
}
