package io.cloudland.callback.cli.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory that goes with its user, unless something went wrong and it is worth a look. */
public final class WorkDirectory implements AutoCloseable {

    private final Path path;
    private boolean kept;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @throws IllegalStateException where that fails
     */
    public static WorkDirectory create(String prefix) {
        try {
            return new WorkDirectory(Files.createTempDirectory(prefix).toRealPath());
        } catch (IOException failure) {
            throw new IllegalStateException("there is no temporary directory: " + failure, failure);
        }
    }

    public Path path() {
        return path;
    }

    /** Leaves it where it is. */
    public Path keep() {
        kept = true;
        return path;
    }

    @Override
    public void close() {
        if (!kept) {
            delete(path);
        }
    }

    /** Deletes a directory and all below it; what cannot be deleted stays and is told. */
    public static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException leftOver) {
            System.err.println("something stays in " + directory + ": " + leftOver);
        }
    }
}
