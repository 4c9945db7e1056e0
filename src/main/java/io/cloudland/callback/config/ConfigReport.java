package io.cloudland.callback.config;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the effective configuration down: a line for each option in effect, with where it came from. */
final class ConfigReport {

    private ConfigReport() {}

    static String of(Settings settings, Collection<String> commands) {
        List<String> lines = new ArrayList<>();
        for (Option<?> option : Options.ALL) {
            if (!option.isNamed() && TypedOptions.means(option, settings)) {
                lines.add(line(option.path(), settings.find(option), settings));
            }
        }
        commands.forEach(name -> lines.addAll(command(name, settings)));
        return String.join("\n", lines);
    }

    private static List<String> command(String name, Settings settings) {
        return Options.ALL.stream()
                .filter(Option::isNamed)
                .map(option -> line(option.path(name), settings.find(option, name), settings))
                .toList();
    }

    private static String line(List<String> path, Optional<?> value, Settings settings) {
        String shown = value.map(ConfigReport::shown).orElse("(not set)");
        return Shown.key(path) + " = " + shown + "  # " + settings.origin(path).brief();
    }

    private static String shown(Object value) {
        if (value instanceof ResourceType type) {
            return Shown.quoted(type.wireName());
        }
        if (value instanceof Action action) {
            return Shown.quoted(action.wireName());
        }
        if (value instanceof URI uri) {
            return Shown.quoted(uri.toString().replaceFirst("\\?.*", "?***")); // A query may hold a token.
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(one -> Shown.quoted(String.valueOf(one)))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Secret ? Shown.quoted(value.toString()) : Shown.value(value);
    }
}
