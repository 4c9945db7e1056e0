package io.cloudland.callback.cli.crash;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A power cut imitated: takes from a dead service's store what was never forced onto the disk.
 *
 * <p>The library of {@code src/test/c/powerloss.c}, preloaded into the service, notes what was. What the notes do not cover
 * may or may not have reached a real disk, so chance decides: whether the directory shows what was created, renamed and
 * removed since it was last forced, and how much of each file's unforced end is left.
 */
final class PowerLoss {

    private static final String NOTHING = "-";

    private final Path store;
    private final Path journal;
    private final Path side;
    private final Random random;
    private final Map<String, Long> forced = new HashMap<>();
    private final Deque<String[]> sinceForced = new ArrayDeque<>();

    /**
     * @param store the directory to take from
     * @param directory for the notes and what was removed; on the same file system
     */
    PowerLoss(Path store, Path directory, Random random) {
        this.store = store;
        this.journal = directory.resolve("journal");
        this.side = directory.resolve("side");
        this.random = random;
    }

    /** What the service's JVM must find in its environment. */
    Map<String, String> environment(Path library) {
        return Map.of(
                "LD_PRELOAD", library.toAbsolutePath().toString(),
                "POWERLOSS_DIR", store.toString(),
                "POWERLOSS_JOURNAL", journal.toString(),
                "POWERLOSS_SIDE", side.toString());
    }

    /** Makes room for the notes of the next service. What the store holds now counts as forced. */
    void begin() throws IOException {
        Files.createDirectories(side);
        try (Stream<Path> kept = Files.list(side)) {
            for (Path file : kept.toList()) {
                Files.delete(file);
            }
        }
        Files.deleteIfExists(journal);
        forced.clear();
        sinceForced.clear();
    }

    /** Cuts the power. Only when the service is gone. */
    void strike() throws IOException {
        if (Files.notExists(journal)) {
            return; // It had not come as far as its store.
        }
        for (String line : Files.readAllLines(journal)) {
            note(line.split(" ", -1));
        }
        if (random.nextBoolean()) {
            undoWhatTheDirectoryForgot();
        }
        for (Map.Entry<String, Long> file : forced.entrySet()) {
            cut(store.resolve(file.getKey()), file.getValue());
        }
    }

    private void note(String[] words) {
        switch (words[0]) {
            case "C" -> forced.put(words[1], 0L);
            case "S" -> forced.put(words[1], Long.parseLong(words[2]));
            case "R" -> move(words[1], words[2]);
            case "U" -> forced.remove(words[1]);
            default -> sinceForced.clear();
        }
        if (List.of("C", "R", "U").contains(words[0])) {
            sinceForced.push(words);
        }
    }

    private void move(String from, String to) {
        Long size = forced.remove(from);
        forced.remove(to);
        if (size != null) {
            forced.put(to, size);
        }
    }

    private void undoWhatTheDirectoryForgot() throws IOException {
        while (!sinceForced.isEmpty()) {
            String[] words = sinceForced.pop();
            switch (words[0]) {
                case "C" -> {
                    forced.remove(words[1]);
                    Files.deleteIfExists(store.resolve(words[1]));
                }
                case "R" -> {
                    move(words[2], words[1]);
                    Files.move(store.resolve(words[2]), store.resolve(words[1]), StandardCopyOption.REPLACE_EXISTING);
                    bringBack(words[3], words[2]);
                }
                default -> bringBack(words[2], words[1]);
            }
        }
    }

    private void bringBack(String kept, String name) throws IOException {
        if (!kept.equals(NOTHING)) {
            Files.move(side.resolve(kept), store.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void cut(Path file, long size) throws IOException {
        if (Files.exists(file) && Files.size(file) > size) {
            long unforced = Files.size(file) - size;
            long left = random.nextBoolean() ? 0 : (long) (random.nextDouble() * unforced);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(size + left);
            }
        }
    }
}
