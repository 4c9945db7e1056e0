package io.cloudland.callback.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds options by the path at which a source names them. */
final class OptionTable {

    /** Every option but those of endpoints, in the order of the reference and the report. */
    static final List<Option<?>> WITHOUT_ENDPOINTS =
            Stream.concat(Options.ALL.stream(), HttpIngestOptions.ALL.stream()).toList();

    /** Every option, in the order of the reference and the report. */
    static final List<Option<?>> ALL = Stream.concat(WITHOUT_ENDPOINTS.stream(), EndpointOptions.ALL.stream())
            .toList();

    /** The array of the endpoints' tables. */
    static final List<String> ENDPOINTS = List.of("callback", "endpoints");

    private static final List<String> COMMANDS = List.of("callback", "commands");

    private OptionTable() {}

    static Optional<Option<?>> find(List<String> path) {
        for (Option<?> option : ALL) {
            if (option.matches(path)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** Whether options stand below that path. */
    static boolean isSection(List<String> path) {
        return ALL.stream().anyMatch(option -> option.startsWith(path) && !option.matches(path));
    }

    /** Whether the path is the table of one command. */
    static boolean isCommand(List<String> path) {
        return path.size() == COMMANDS.size() + 1
                && path.subList(0, COMMANDS.size()).equals(COMMANDS);
    }

    /** The path of a command's table. */
    static List<String> command(String name) {
        return List.of(COMMANDS.get(0), COMMANDS.get(1), name);
    }

    static String parentOf(String key) {
        return key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
    }
}
