package io.cloudland.callback.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tomlj.Toml;

/** How values and keys look in problems and reports. */
final class Shown {

    private static final int LONGEST = 100;
    private static final Pattern USER_INFO = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:/*)?.*@", Pattern.DOTALL);
    /** What follows a host's colon and is no port: as a rule a password whose {@code @host} was forgotten. */
    private static final Pattern NO_PORT = Pattern.compile("(://[^/?#:]*):(?!\\d+([/?#]|$))[^/?#]*");

    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|passwd|pwd)=[^&]*");

    private static final Pattern PLACE = Pattern.compile("(?<=^callback\\.endpoints)\\.\"(\\[\\d+])\"");

    private Shown() {}

    /** The value as TOML writes it. */
    static String value(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        return value instanceof Duration duration ? Long.toString(duration.toSeconds()) : String.valueOf(value);
    }

    /** A value that broke its rule: what could be a password inside an address is hidden, what is long is cut. */
    static String wrong(Object value) {
        if (value instanceof JsonObject || value instanceof Map) {
            return "a table";
        }
        if (value instanceof JsonArray || value instanceof List) {
            return "an array";
        }
        return value instanceof String text ? quoted(shortened(withoutPasswords(text))) : value(value);
    }

    /** The same of a value that should be a list: there its elements tell what is wrong. */
    static String wrongList(Object value) {
        List<?> elements =
                value instanceof JsonArray array ? array.getList() : value instanceof List<?> list ? list : null;
        return elements == null
                ? wrong(value)
                : shortened(elements.stream().map(Shown::wrong).collect(Collectors.joining(", ", "[", "]")));
    }

    static String quoted(String text) {
        return '"' + Toml.tomlEscape(text).toString() + '"';
    }

    /** The path as TOML writes it; an endpoint without a name by its place, {@code callback.endpoints[2]}. */
    static String key(List<String> path) {
        return PLACE.matcher(Toml.joinKeyPath(path)).replaceFirst("$1");
    }

    private static String withoutPasswords(String text) {
        String withoutUser = USER_INFO.matcher(text).replaceFirst("$1***@");
        String withoutPort = NO_PORT.matcher(withoutUser).replaceFirst("$1:***");
        return PASSWORD.matcher(withoutPort).replaceAll("$1=***");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
