package io.cloudland.callback;

import io.cloudland.callback.config.CallbackConfig;
import io.cloudland.callback.config.ConfigLoader;
import io.cloudland.callback.config.ConfigLocation;
import io.cloudland.callback.config.ConfigWatch;
import io.cloudland.callback.config.LoadedConfig;
import io.cloudland.callback.config.SourceFiles;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.http.PayloadFormat;
import io.cloudland.callback.http.PayloadFormats;
import io.cloudland.callback.registry.CommandDefinition;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service as one verticle: the class that a launcher or an embedding host deploys.
 *
 * <p>Its configuration comes from the deployment's {@code config}, {@code {"callback": {...}}}, or from a TOML file (see
 * {@code docs/configuration.md}). Deploy one instance; {@code workers} is the setting for more delivery. Several services
 * live in one Vert.x when their {@code prefix} differs.
 */
public final class CallbackVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger("callback");

    private final List<CommandDefinition> hostCommands;
    private final PayloadFormats formats;
    private final TimeSource time;
    private volatile @Nullable Pipeline pipeline;
    private @Nullable ConfigWatch watch;

    /** The service with the platform's commands and those of its configuration. */
    public CallbackVerticle() {
        this(List.of());
    }

    /**
     * The service with commands that the host adds in code, with extractors of its own.
     *
     * @param hostCommands take the place of built-in or configured commands of the same name
     */
    public CallbackVerticle(List<CommandDefinition> hostCommands) {
        this(hostCommands, List.of());
    }

    /**
     * The service with commands and payload formats that the host adds in code.
     *
     * @param hostCommands take the place of built-in or configured commands of the same name
     * @param hostFormats take the place of built-in ones of the same name; {@code format} chooses among all
     */
    public CallbackVerticle(List<CommandDefinition> hostCommands, List<PayloadFormat> hostFormats) {
        this(hostCommands, hostFormats, TimeSource.system());
    }

    /** The service by other clocks. */
    CallbackVerticle(List<CommandDefinition> hostCommands, List<PayloadFormat> hostFormats, TimeSource time) {
        this.hostCommands = List.copyOf(hostCommands);
        this.formats = PayloadFormats.with(hostFormats);
        this.time = time;
    }

    /**
     * The running service.
     *
     * @throws IllegalStateException before the deployment has completed
     */
    public CallbackService service() {
        Pipeline running = pipeline;
        if (running == null) {
            throw new IllegalStateException("CallbackVerticle is not started: wait for its deployment to complete");
        }
        return running.service();
    }

    @Override
    public Future<?> start() {
        if (context.getInstanceCount() > 1) {
            return Future.failedFuture(new CallbackException(
                    ErrorCode.CONFIG_INVALID,
                    "deploy one instance of CallbackVerticle, not " + context.getInstanceCount()
                            + ": several would break the order of events; raise callback.workers instead"));
        }
        Optional<Path> file = ConfigLocation.ofDeployment(config(), System.getenv(), ConfigLocation.systemProperties());
        SourceFiles files = new SourceFiles();
        return vertx.executeBlocking(() -> load(file, files)).compose(loaded -> run(loaded, file, files));
    }

    private LoadedConfig load(Optional<Path> file, SourceFiles files) {
        return ConfigLoader.load(
                file, System.getenv(), ConfigLocation.systemProperties(), hostTree(), formats.names(), files);
    }

    private JsonObject hostTree() {
        Object tree = config().getValue(ConfigLocation.TREE_KEY);
        return tree == null ? new JsonObject() : new JsonObject().put(ConfigLocation.TREE_KEY, tree);
    }

    private Future<Void> run(LoadedConfig loaded, Optional<Path> file, SourceFiles files) {
        loaded.warnings().forEach(log::warn);
        Pipeline built = new Pipeline(vertx, loaded.config(), hostCommands, formats, time);
        return built.start().onSuccess(started -> {
            pipeline = built;
            watch(file, loaded, files);
            logStart(loaded.config(), file);
        });
    }

    private void watch(Optional<Path> file, LoadedConfig running, SourceFiles files) {
        ConfigWatch watching = new ConfigWatch(
                vertx, new VertxTimers(vertx), read -> load(file, read), running, files, this::configurationChanged);
        watching.start();
        watch = watching;
    }

    private void configurationChanged(LoadedConfig changed) {
        Pipeline running = pipeline;
        if (running != null) {
            running.reconfigure(changed.config());
        }
    }

    private static void logStart(CallbackConfig config, Optional<Path> file) {
        log.info(
                "takes commands on {} and delivers to {} with {} workers; {} store; lookup {}; configuration: {}{}",
                config.ingest().address(),
                config.endpoints().stream()
                        .map(endpoint -> endpoint.name() + " " + withoutQuery(endpoint.url())
                                + (endpoint.enabled() ? "" : " (disabled)"))
                        .toList(),
                config.workers(),
                config.store().type(),
                config.lookup().getClass().getSimpleName(),
                file.map(Path::toString).orElse("deployment options"),
                config.enabled() ? "" : "; switched off (enabled = false)");
    }

    /** A query may hold a token. */
    private static String withoutQuery(URI url) {
        return url.toString().replaceFirst("\\?.*", "?…");
    }

    @Override
    public Future<?> stop() {
        if (watch != null) {
            watch.close();
        }
        Pipeline running = pipeline;
        return running == null ? Future.succeededFuture() : running.stop();
    }
}
