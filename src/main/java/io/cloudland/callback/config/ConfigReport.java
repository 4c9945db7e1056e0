package io.cloudland.callback.config;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Network;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.SigningSecret;
import io.cloudland.callback.model.Transition;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the effective configuration down: a line for each option in effect, with where it came from. */
final class ConfigReport {

    private ConfigReport() {}

    static String of(Settings settings, Collection<String> commands, Collection<String> endpoints) {
        List<String> lines = new ArrayList<>();
        for (Option<?> option : OptionTable.WITHOUT_ENDPOINTS) {
            if (!option.isNamed() && means(option, settings)) {
                lines.add(line(option.path(), settings.find(option), settings));
            }
        }
        commands.forEach(name -> lines.addAll(command(name, settings)));
        endpoints.forEach(name -> lines.addAll(endpoint(name, settings)));
        return String.join("\n", lines);
    }

    private static boolean means(Option<?> option, Settings settings) {
        return TypedOptions.means(option, settings)
                && HttpIngestOptions.means(option, settings)
                && (!isLimitOfTheBridge(option)
                        || settings.find(Options.INGEST_TCP_LISTEN).isPresent());
    }

    private static boolean isLimitOfTheBridge(Option<?> option) {
        return option.section().equals("callback.ingest.tcp") && !option.equals(Options.INGEST_TCP_LISTEN);
    }

    private static List<String> command(String name, Settings settings) {
        return OptionTable.WITHOUT_ENDPOINTS.stream()
                .filter(Option::isOfCommand)
                .map(option -> line(option.path(name), settings.find(option, name), settings))
                .toList();
    }

    /** What is in effect for an endpoint, be it set in its table or taken from the top. */
    private static List<String> endpoint(String name, Settings settings) {
        List<String> lines = new ArrayList<>();
        for (Option<?> option : EndpointOptions.SINGLE) {
            List<String> own = option.path(name);
            Option<?> top = EndpointOptions.topOf(option);
            if (settings.isSet(own) || top == null) {
                settings.find(option, name).ifPresent(value -> lines.add(line(own, value, settings.origin(own))));
            } else {
                Scope.of(settings, name)
                        .find(top)
                        .ifPresent(value -> lines.add(line(own, value, settings.origin(top.path()))));
            }
        }
        for (String header : settings.namesBelow(EndpointOptions.headers(name))) {
            List<String> path = EndpointOptions.header(name, header);
            lines.add(line(path, new Secret(""), settings.origin(path)));
        }
        return lines;
    }

    private static String line(List<String> path, Optional<?> value, Settings settings) {
        return value.map(set -> line(path, set, settings.origin(path)))
                .orElseGet(() -> Shown.key(path) + " = (not set)  # "
                        + settings.origin(path).brief());
    }

    private static String line(List<String> path, Object value, Origin origin) {
        return Shown.key(path) + " = " + shown(value) + "  # " + origin.brief();
    }

    private static String shown(Object value) {
        if (value instanceof ResourceType type) {
            return Shown.quoted(type.wireName());
        }
        if (value instanceof Action action) {
            return Shown.quoted(action.wireName());
        }
        if (value instanceof Choice<?> choice) {
            return choice(choice);
        }
        if (value instanceof Transition transition) {
            return Shown.quoted(transition.toString());
        }
        if (value instanceof URI uri) {
            return Shown.quoted(uri.toString().replaceFirst("\\?.*", "?***")); // A query may hold a token.
        }
        if (value instanceof List<?> several) {
            String all = several.stream().map(ConfigReport::shown).collect(Collectors.joining(", "));
            boolean oneSecret = several.size() == 1 && several.get(0) instanceof SigningSecret;
            return oneSecret ? all : "[" + all + "]";
        }
        return value instanceof Secret || value instanceof SigningSecret || value instanceof Network
                ? Shown.quoted(value.toString())
                : Shown.value(value);
    }

    private static String choice(Choice<?> choice) {
        return Stream.concat(
                        choice.wanted().stream().map(ConfigReport::shown),
                        choice.unwanted().stream().map(value -> shown(value).replaceFirst("\"", "\"!")))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
