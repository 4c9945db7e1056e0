package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration from all its sources, in order of precedence, and checks it as a whole. */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Loads and validates. Blocks on file reads: not for an event loop.
     *
     * @param file the TOML file, or empty for none
     * @param environment variables such as {@code CALLBACK_URL}
     * @param systemProperties properties such as {@code callback.url}
     * @param host the tree of an embedding host, {@code {"callback": {...}}}, or empty
     * @throws CallbackException {@code CONFIG_INVALID}, its text naming every problem, a line each
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static LoadedConfig load(
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> systemProperties,
            JsonObject host) {
        throw new CallbackException(ErrorCode.INTERNAL, "to be written");
    }
}
