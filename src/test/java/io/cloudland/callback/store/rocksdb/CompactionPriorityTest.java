package io.cloudland.callback.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

@EnabledOnOs(OS.LINUX) // Tells the priority of a thread in /proc.
class CompactionPriorityTest {

    private static final int NICE = 16; // Counted from behind the name, which ends with ")".

    @TempDir
    Path directory;

    @Test
    void compactions_run_at_the_lowest_priority() throws Exception {
        try (Database database = Database.open(directory.resolve("store"), 1L << 30)) {
            for (int round = 0; round < 2; round++) {
                write(database, "key-" + round);
                database.reclaim();
            }
            // A thread takes it on with its first work: one that has done none may still have the usual one.
            assertThat(niceOf("rocksdb:low")).contains(19);
        }
    }

    private static void write(Database database, String key) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            batch.put(database.handle(Family.INBOX), bytes, bytes);
            database.write(batch, false);
        }
    }

    /** Of each thread of this process that has that name. */
    private static List<Integer> niceOf(String name) throws IOException {
        List<Integer> nice = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.contains("(" + name)) {
                    nice.add(Integer.parseInt(
                            stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]));
                }
            }
        }
        return nice;
    }
}
