package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code toml} of vertx-config: reads a TOML text into a {@link JsonObject}, for any Vert.x application.
 *
 * <p>On the class path it is found by itself: {@code new ConfigStoreOptions().setType("file").setFormat("toml")}, or a
 * file named {@code *.toml} in {@code VERTX_CONFIG_PATH}. Integers stay exact, floats are doubles, dates and times ISO
 * 8601 strings, tables objects and arrays arrays. A text that is not TOML fails with every syntax error, each with line
 * and column, and never with a piece of the text itself.
 */
public final class TomlConfigProcessor implements ConfigProcessor {

    /** Made by the service loader. */
    public TomlConfigProcessor() {}

    @Override
    public String name() {
        return "toml";
    }

    @Override
    public Future<JsonObject> process(Vertx vertx, @Nullable JsonObject configuration, Buffer input) {
        byte[] bytes = input.getBytes();
        String source = configuration == null ? "TOML" : configuration.getString("path", "TOML");
        // Off the event loop: the first text of a process loads the parser, which takes long.
        return vertx.executeBlocking(() -> read(source, bytes), false);
    }

    private static JsonObject read(String source, byte[] bytes) {
        TomlText text = TomlText.parse(bytes);
        if (text.errors().isEmpty()) {
            return TomlJson.object(text.table());
        }
        throw new CallbackException(
                ErrorCode.CONFIG_INVALID,
                text.errors().stream()
                        .map(error -> source + ":" + error.line() + ":" + error.column() + " " + error.text())
                        .collect(Collectors.joining("\n")));
    }
}
