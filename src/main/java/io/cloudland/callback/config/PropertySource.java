package io.cloudland.callback.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads options from system properties such as {@code callback.url}; an empty one counts as not set.
 *
 * <p>The properties belong to the whole process, so an unknown one is no problem of ours: one that looks like a slip is
 * worth a warning.
 */
final class PropertySource {

    private static final String PREFIX = TreeSource.ROOT + ".";

    private PropertySource() {}

    static void read(Map<String, String> properties, Findings findings) {
        new TreeMap<>(properties).forEach((name, text) -> {
            if (name.startsWith(PREFIX) && !text.isBlank()) {
                read(name, text, findings);
            }
        });
    }

    private static void read(String name, String text, Findings findings) {
        List<String> path = List.of(name.split("\\.", -1));
        Optional<Option<?>> option = OptionTable.find(path);
        Origin origin = Origin.systemProperty(name);
        if (option.isEmpty()) {
            Nearest.option(path)
                    .ifPresent(key -> findings.warning(
                            origin.place() + " is not an option and is ignored; did you mean " + key + "?"));
            return;
        }
        findings.add(new Finding(path, option.get().kind().ofText(text), origin));
        if (option.get().isOfCommand()) {
            findings.command(path.get(path.size() - 2), origin);
        } else if (option.get().isOfEndpoint()) {
            findings.endpoint(EndpointOptions.nameIn(path), origin);
        }
    }
}
