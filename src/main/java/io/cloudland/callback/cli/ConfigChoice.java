package io.cloudland.callback.cli;

import io.cloudland.callback.config.ConfigLoader;
import io.cloudland.callback.config.ConfigLocation;
import io.cloudland.callback.config.LoadedConfig;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which configuration a call means: a TOML file, or JSON as an embedding host would hand it over.
 *
 * @param host {@code {"callback": {...}}}, or empty
 */
record ConfigChoice(Optional<Path> file, JsonObject host) {

    /**
     * Finds it: what {@code -conf} says, else {@code vertx-config-path}, else {@code VERTX_CONFIG_PATH}, else
     * {@code conf/config.toml}.
     *
     * @param conf a TOML file, a JSON file or a JSON object
     * @throws CallbackException {@code CONFIG_INVALID} where it cannot be read
     */
    static ConfigChoice find(Optional<String> conf, Surroundings around) {
        return conf.or(() -> ConfigLocation.named(around.environment(), around.systemProperties()))
                .map(text -> named(text, around))
                .orElseGet(() -> unnamed(around));
    }

    private static ConfigChoice named(String text, Surroundings around) {
        if (text.stripLeading().startsWith("{")) {
            return ofJson(text, "the JSON after -conf", around);
        }
        Path file = readable(text, around);
        return text.endsWith(".json") ? ofJson(read(file), text, around) : ofFile(file);
    }

    private static ConfigChoice ofFile(Path file) {
        return new ConfigChoice(Optional.of(file), new JsonObject());
    }

    private static ConfigChoice ofJson(String text, String source, Surroundings around) {
        JsonObject json = parse(text, source);
        Object tree = json.getValue(ConfigLocation.TREE_KEY);
        Object path = json.getValue(ConfigLocation.PATH_KEY);
        if (!(tree instanceof JsonObject || path instanceof String)) {
            throw invalid(source + " holds no configuration: write {\"callback\": {\"url\": \"http://...\"}}"
                    + " or {\"config-path\": \"conf/config.toml\"}");
        }
        JsonObject host =
                tree instanceof JsonObject ? new JsonObject().put(ConfigLocation.TREE_KEY, tree) : new JsonObject();
        Optional<Path> file = Optional.ofNullable(path).map(value -> readable(value.toString(), around));
        return new ConfigChoice(file, host);
    }

    private static JsonObject parse(String text, String source) {
        try {
            return new JsonObject(text);
        } catch (DecodeException unreadable) {
            throw invalid(source + " is not a JSON object");
        }
    }

    private static Path readable(String name, Surroundings around) {
        Path file = around.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw invalid("the configuration file " + name + " does not exist");
        }
        if (!Files.isReadable(file)) {
            throw invalid("the configuration file " + name + " may not be read by this user");
        }
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw invalid("the configuration file " + file + " cannot be read: " + failure);
        }
    }

    /** The default file, or none where the environment or a property names the endpoint: that can be enough. */
    private static ConfigChoice unnamed(Surroundings around) {
        Path file = around.directory().resolve(ConfigLocation.DEFAULT_FILE);
        if (!Files.isRegularFile(file)) {
            if (around.environment().containsKey("CALLBACK_URL")
                    || around.systemProperties().containsKey("callback.url")) {
                return new ConfigChoice(Optional.empty(), new JsonObject());
            }
            throw invalid(
                    "there is no configuration: " + ConfigLocation.DEFAULT_FILE + " does not exist. Name a file with"
                            + " -conf FILE, or write -conf '{\"callback\": {\"url\": \"http://...\"}}'");
        }
        return ofFile(file);
    }

    private static CallbackException invalid(String text) {
        return new CallbackException(ErrorCode.CONFIG_INVALID, text);
    }

    /**
     * Checks it as a whole.
     *
     * @throws CallbackException {@code CONFIG_INVALID}, naming every problem
     */
    LoadedConfig load(Surroundings around) {
        return ConfigLoader.load(file, around.environment(), around.systemProperties(), host);
    }

    /** The verticle's configuration: it reads the file itself, so that it can watch it. */
    JsonObject forVerticle() {
        JsonObject config = host.copy();
        file.ifPresent(path -> config.put(ConfigLocation.PATH_KEY, path.toString()));
        return config;
    }
}
