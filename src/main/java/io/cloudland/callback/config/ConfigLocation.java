package io.cloudland.callback.config;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the configuration of a deployment or a process is looked for, and under which names. */
public final class ConfigLocation {

    /** The key of a deployment's {@code config} that names the TOML file. */
    public static final String PATH_KEY = "config-path";

    /** The key of a deployment's {@code config}, and of the file, below which everything stands. */
    public static final String TREE_KEY = "callback";

    /** The file that the command line reads when nobody names one. */
    public static final Path DEFAULT_FILE = Path.of("conf", "config.toml");

    private ConfigLocation() {}

    /** The file that the system property {@code vertx-config-path}, else {@code VERTX_CONFIG_PATH}, names. */
    public static Optional<String> named(Map<String, String> environment, Map<String, String> systemProperties) {
        return Optional.ofNullable(systemProperties.get("vertx-config-path"))
                .or(() -> Optional.ofNullable(environment.get("VERTX_CONFIG_PATH")));
    }

    /**
     * The file of a deployment: the one that its {@code config-path} names, else the one the process was given. A host
     * that hands over a {@code callback} tree needs no file. None is looked for behind anybody's back: a launcher that
     * could not read its {@code -conf} starts the verticle with nothing, and must not get another configuration.
     */
    public static Optional<Path> ofDeployment(
            JsonObject host, Map<String, String> environment, Map<String, String> systemProperties) {
        Optional<String> path = Optional.ofNullable(host.getString(PATH_KEY));
        if (path.isPresent() || host.containsKey(TREE_KEY)) {
            return path.map(Path::of);
        }
        return named(environment, systemProperties).map(Path::of);
    }

    /** The system properties of this process. */
    public static Map<String, String> systemProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> System.getProperty(name, "")));
    }
}
