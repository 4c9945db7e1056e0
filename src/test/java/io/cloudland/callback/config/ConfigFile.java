package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** A configuration file of a test, with the other sources beside it. */
final class ConfigFile {

    static final String URL_LINE = "url = \"http://127.0.0.1:8080/hook\"\n";
    static final String MINIMAL = "[callback]\n" + URL_LINE;

    private final Path path;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private JsonObject host = new JsonObject();

    ConfigFile(Path directory, String text) {
        this.path = directory.resolve("config.toml");
        replace(text);
    }

    Path path() {
        return path;
    }

    /** Write, then rename: nobody sees half a file. */
    void replace(String text) {
        try {
            Path fresh = path.resolveSibling("fresh");
            Files.writeString(fresh, text);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ConfigFile environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ConfigFile property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    ConfigFile host(JsonObject tree) {
        host = tree;
        return this;
    }

    LoadedConfig load() {
        return load(new SourceFiles());
    }

    /** The configuration; the files that it is read from are told then. */
    LoadedConfig load(SourceFiles files) {
        return ConfigLoader.load(Optional.of(path), environment, properties, host, Set.of(), files);
    }

    CallbackConfig config() {
        return load().config();
    }

    /** The lines of all problems, with the file as {@code config.toml}. */
    List<String> problems() {
        CallbackException failure = Assertions.catchThrowableOfType(CallbackException.class, this::load);
        Assertions.assertThat(failure).as("the configuration is refused").isNotNull();
        Assertions.assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        return relative(failure.getMessage()).lines().skip(1).toList();
    }

    List<String> warnings() {
        return load().warnings().stream().map(this::relative).toList();
    }

    String report() {
        return relative(load().report());
    }

    String relative(String text) {
        return text.replace(path.getParent() + "/", "");
    }
}
