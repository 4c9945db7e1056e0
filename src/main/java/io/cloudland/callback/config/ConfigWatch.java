package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the configuration file, and the files of its secrets, and hands on what it newly says, once it is right.
 *
 * <p>The content counts, not the time stamp: that sees a file which was replaced within the same second, and does not
 * see a {@code touch}. A change is loaded when two looks in a row saw the same, so that nobody is judged by half a file.
 * A wrong file is reported once, not at every look, and changes nothing. All state belongs to the context that made it.
 */
public final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** What the files held; empty where one could not be read. */
    private record Content(List<Optional<Buffer>> bytes) {}

    private final Context context;
    private final Timers timers;
    private final String name;
    private final List<Path> files;
    private final Callable<LoadedConfig> loader;
    private final Consumer<LoadedConfig> listener;

    private CallbackConfig running;
    private @Nullable Content seen;
    private @Nullable Content loaded;
    private boolean wrong;
    private Timers.Cancellable nextLook = () -> {};
    private volatile boolean closed;

    /**
     * Prepares the watch of a file and of those that hold its secrets.
     *
     * @param secretFiles whose content the loader reads too
     * @param loader loads the whole configuration anew; may block
     * @param running the configuration in effect
     * @param listener hears each right configuration that differs from the one before, on the context of the caller
     */
    public ConfigWatch(
            Vertx vertx,
            Timers timers,
            Path file,
            List<Path> secretFiles,
            Callable<LoadedConfig> loader,
            LoadedConfig running,
            Consumer<LoadedConfig> listener) {
        this.context = vertx.getOrCreateContext();
        this.timers = timers;
        this.name = secretFiles.isEmpty() ? file.toString() : file + " or a file of its secrets";
        this.files = Stream.concat(Stream.of(file), secretFiles.stream()).toList();
        this.loader = loader;
        this.listener = listener;
        this.running = running.config();
    }

    /** Starts looking, once every second. */
    public void start() {
        context.runOnContext(started -> next());
    }

    /** Stops looking. The listener hears nothing more. */
    public void close() {
        closed = true;
        context.runOnContext(closing -> nextLook.cancel());
    }

    private void next() {
        if (!closed) {
            nextLook = timers.schedule(PERIOD, () -> context.runOnContext(due -> look()));
        }
    }

    private void look() {
        context.executeBlocking(
                        () -> new Content(files.stream().map(ConfigWatch::read).toList()))
                .onSuccess(this::compare)
                .onFailure(unread -> next());
    }

    private static Optional<Buffer> read(Path path) {
        try {
            return Optional.of(Buffer.buffer(Files.readAllBytes(path)));
        } catch (IOException unreadable) {
            return Optional.empty(); // The loader says why.
        }
    }

    private void compare(Content content) {
        boolean settled = content.equals(seen);
        seen = content;
        if (settled && !content.equals(loaded)) {
            loaded = content;
            load();
        } else {
            next();
        }
    }

    private void load() {
        context.executeBlocking(loader)
                .onSuccess(this::right)
                .onFailure(this::wrong)
                .onComplete(done -> next());
    }

    private void right(LoadedConfig config) {
        if (wrong) {
            LOG.info("{} is right again", name);
        }
        wrong = false;
        if (!closed && !config.config().equals(running)) {
            running = config.config();
            LOG.info("{} changed and is right; taking it over", name);
            tell(config);
        }
    }

    private void tell(LoadedConfig config) {
        try {
            listener.accept(config);
        } catch (RuntimeException failure) {
            LOG.error("the new configuration of {} could not be taken over in full; restart to be sure", name, failure);
        }
    }

    private void wrong(Throwable failure) {
        wrong = true;
        if (!closed) {
            String problems = CallbackException.of(failure, "the configuration could not be loaded")
                    .getMessage();
            LOG.warn("{} changed and is wrong; the running configuration stays in effect. {}", name, problems);
        }
    }
}
