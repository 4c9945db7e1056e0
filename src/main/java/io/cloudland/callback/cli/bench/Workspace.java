package io.cloudland.callback.cli.bench;

import io.cloudland.callback.cli.jvm.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A new directory for what a benchmark writes, deleted at its end, also when it is interrupted. */
final class Workspace implements AutoCloseable {

    private final Path path;
    private final Thread atExit;

    private Workspace(Path path) {
        this.path = path;
        this.atExit = new Thread(() -> WorkDirectory.delete(path));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * @param parent where to make it; none for the system's temporary directory
     */
    static Workspace in(@Nullable Path parent) {
        try {
            if (parent == null) {
                return new Workspace(Files.createTempDirectory("callback-bench"));
            }
            Files.createDirectories(parent);
            return new Workspace(Files.createTempDirectory(parent, "callback-bench"));
        } catch (IOException failure) {
            throw new IllegalStateException("there is no directory for the benchmark: " + failure, failure);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        WorkDirectory.delete(path);
    }
}
