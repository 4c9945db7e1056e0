package io.cloudland.callback;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the configuration file of a deployment: the {@code config-path} of its options, else what
 * {@code vertx-config-path} or {@code VERTX_CONFIG_PATH} names, else {@code conf/config.toml} where it exists.
 *
 * <p>A host that hands over a {@code callback} tree needs no file, and none is looked for behind its back.
 */
final class ConfigSource {

    static final String PATH_KEY = "config-path";
    private static final Path DEFAULT_FILE = Path.of("conf", "config.toml");

    private ConfigSource() {}

    static Optional<Path> file(JsonObject host, Map<String, String> environment, Map<String, String> systemProperties) {
        Optional<Path> named = Optional.ofNullable(host.getString(PATH_KEY)).map(Path::of);
        if (named.isPresent() || host.containsKey("callback")) {
            return named;
        }
        return Optional.ofNullable(systemProperties.get("vertx-config-path"))
                .or(() -> Optional.ofNullable(environment.get("VERTX_CONFIG_PATH")))
                .map(Path::of)
                .or(ConfigSource::defaultFile);
    }

    private static Optional<Path> defaultFile() {
        return Files.exists(DEFAULT_FILE) ? Optional.of(DEFAULT_FILE) : Optional.empty();
    }
}
