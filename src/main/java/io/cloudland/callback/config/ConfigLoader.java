package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        return load(file, environment, systemProperties, host, Set.of(), new SourceFiles());
    }

    /**
     * Loads and validates, in a host with payload formats of its own. Blocks on file reads: not for an event loop.
     *
     * @param file the TOML file, or empty for none
     * @param environment variables such as {@code CALLBACK_URL}
     * @param systemProperties properties such as {@code callback.url}
     * @param host the tree of an embedding host, {@code {"callback": {...}}}, or empty
     * @param formats the names of the host's payload formats
     * @param files new; knows afterwards what was read, be the configuration right or wrong
     * @throws CallbackException {@code CONFIG_INVALID}, its text naming every problem, a line each
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static LoadedConfig load(
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> systemProperties,
            JsonObject host,
            Set<String> formats,
            SourceFiles files) {
        Findings findings = new Findings(files);
        try {
            file.ifPresent(path -> FileSource.read(path, findings));
            EnvironmentSource.read(environment, findings);
            PropertySource.read(systemProperties, findings);
            TreeSource.readHost(host, findings);
            SecretFiles.read(findings);
            return checked(file, formats, findings);
        } finally {
            files.forgetContents();
        }
    }

    private static LoadedConfig checked(Optional<Path> file, Set<String> formats, Findings findings) {
        Settings settings = Settings.of(findings);
        Completeness.check(settings, findings, home(file));
        Formats.check(Options.FORMAT, settings, formats, findings);
        findings.throwIfWrong();
        return loaded(settings, findings);
    }

    private static Origin home(Optional<Path> file) {
        return Origin.file(file.map(Path::toString).orElse("configuration"));
    }

    private static LoadedConfig loaded(Settings settings, Findings findings) {
        Set<String> commands = new TreeSet<>(findings.commands().keySet());
        Set<String> endpoints = findings.endpoints().keySet();
        return new LoadedConfig(
                ConfigBuilder.build(settings, commands, endpoints),
                findings.warnings(),
                ConfigReport.of(settings, commands, endpoints));
    }
}
