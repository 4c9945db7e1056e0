package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files that the configuration was read from, those of secrets, certificates and keys among them, and hands on what
 * they newly say, once it is right.
 *
 * <p>The content counts, not the time stamp: that sees a file which was replaced within the same second, or behind a symbolic
 * link, and does not see a {@code touch}. A change is loaded when two looks in a row saw the same, so that nobody is judged by
 * half a file. A wrong file is reported once, not at every look, and changes nothing. Each load says anew which files there
 * are; after a wrong one those from before stay watched too, for mending either may make it right. All state belongs to the
 * context that made it.
 */
public final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Loads the whole configuration anew. */
    @FunctionalInterface
    public interface Loader {

        /**
         * The configuration as it is now; may block.
         *
         * @param files for that load alone, to read through
         */
        LoadedConfig load(SourceFiles files);
    }

    private final Context context;
    private final Timers timers;
    private final Loader loader;
    private final Consumer<LoadedConfig> listener;

    private CallbackConfig running;
    /** Every file with its fingerprint, empty where it could not be read: at the last look, and as it was loaded. */
    private Map<Path, Optional<String>> seen;

    private Map<Path, Optional<String>> loaded;
    private boolean wrong;
    private Timers.Cancellable nextLook = () -> {};
    private volatile boolean closed;

    /**
     * Prepares the watch of the files that a configuration was read from.
     *
     * @param running the configuration in effect
     * @param files what it was read from
     * @param listener hears each right configuration that differs from the one before, on the context of the caller
     */
    public ConfigWatch(
            Vertx vertx,
            Timers timers,
            Loader loader,
            LoadedConfig running,
            SourceFiles files,
            Consumer<LoadedConfig> listener) {
        this.context = vertx.getOrCreateContext();
        this.timers = timers;
        this.loader = loader;
        this.listener = listener;
        this.running = running.config();
        this.loaded = Map.copyOf(files.fingerprints());
        this.seen = loaded;
    }

    /** Starts looking, once every second; where nothing was read from files there is nothing to look at. */
    public void start() {
        if (!loaded.isEmpty()) {
            context.runOnContext(started -> next());
        }
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
        Set<Path> files = loaded.keySet();
        context.executeBlocking(
                        () -> files.stream().collect(Collectors.toMap(file -> file, SourceFiles::fingerprintNow)))
                .onSuccess(this::compare)
                .onFailure(unread -> next());
    }

    private void compare(Map<Path, Optional<String>> now) {
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(loaded)) {
            load(now);
        } else {
            next();
        }
    }

    private void load(Map<Path, Optional<String>> now) {
        String changed = changed(now);
        SourceFiles read = new SourceFiles();
        context.executeBlocking(() -> loader.load(read))
                .onComplete(ended -> loaded = filesAfter(ended.succeeded(), now, read))
                .onSuccess(config -> right(config, changed))
                .onFailure(failure -> wrong(failure, changed))
                .onComplete(done -> next());
    }

    private static Map<Path, Optional<String>> filesAfter(
            boolean right, Map<Path, Optional<String>> before, SourceFiles read) {
        Map<Path, Optional<String>> files = new HashMap<>(right ? Map.of() : before);
        files.putAll(read.fingerprints());
        return files;
    }

    /** The files that are not what was loaded, as a log names them. */
    private String changed(Map<Path, Optional<String>> now) {
        return now.entrySet().stream()
                .filter(file -> !file.getValue().equals(loaded.get(file.getKey())))
                .map(Map.Entry::getKey)
                .map(Path::toString)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void right(LoadedConfig config, String changed) {
        if (wrong) {
            LOG.info("{} is right again", changed);
        }
        wrong = false;
        if (!closed && !config.config().equals(running)) {
            running = config.config();
            LOG.info("{} changed and is right; taking it over", changed);
            tell(config, changed);
        }
    }

    private void tell(LoadedConfig config, String changed) {
        try {
            listener.accept(config);
        } catch (RuntimeException failure) {
            LOG.error(
                    "the new configuration of {} could not be taken over in full; restart to be sure",
                    changed,
                    failure);
        }
    }

    private void wrong(Throwable failure, String changed) {
        wrong = true;
        if (!closed) {
            String problems = CallbackException.of(failure, "the configuration could not be loaded")
                    .getMessage();
            LOG.warn("{} changed and is wrong; the running configuration stays in effect. {}", changed, problems);
        }
    }
}
