package io.cloudland.callback.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which options of a table mean something for which of its types.
 *
 * @param type the option that says which type
 * @param byType per type, the options that mean something for it and not for every other
 */
record TypedOptions(Option<String> type, Map<String, Set<Option<?>>> byType) {

    private static final TypedOptions STORE = new TypedOptions(
            Options.STORE_TYPE,
            Map.of(
                    "memory", Set.of(),
                    "rocksdb", Set.of(Options.STORE_PATH, Options.STORE_SYNC, Options.STORE_MAX_BYTES),
                    "postgresql",
                            Set.of(
                                    Options.STORE_URI,
                                    Options.STORE_PASSWORD,
                                    Options.STORE_SCHEMA,
                                    Options.STORE_POOL_SIZE,
                                    Options.STORE_TIMEOUT,
                                    Options.STORE_POLL_INTERVAL,
                                    Options.STORE_WAIT_WHEN_AWAY,
                                    Options.STORE_NODE,
                                    Options.STORE_LEASE)));

    private static final TypedOptions LOOKUP = new TypedOptions(
            Options.LOOKUP_TYPE,
            Map.of(
                    "message", Set.of(),
                    "event-bus", Set.of(Options.LOOKUP_ADDRESS, Options.LOOKUP_TIMEOUT, Options.LOOKUP_RETRY_INTERVAL),
                    "postgresql",
                            Set.of(
                                    Options.LOOKUP_URI,
                                    Options.LOOKUP_PASSWORD,
                                    Options.LOOKUP_POOL_SIZE,
                                    Options.LOOKUP_TIMEOUT,
                                    Options.LOOKUP_RETRY_INTERVAL)));

    private static final List<TypedOptions> TABLES = List.of(STORE, LOOKUP);

    /** Whether the option means something; every option outside these tables and the types themselves do. */
    static boolean means(Option<?> option, Settings settings) {
        return TABLES.stream().noneMatch(table -> table.isIdle(option, settings));
    }

    /** Warns of options that are set and do nothing. */
    static void check(Settings settings, Findings findings) {
        for (TypedOptions table : TABLES) {
            findings.values()
                    .forEach(finding -> OptionTable.find(finding.path())
                            .filter(option -> table.isIdle(option, settings))
                            .ifPresent(option -> findings.warning(table.idle(finding, settings))));
        }
    }

    private boolean isIdle(Option<?> option, Settings settings) {
        boolean typed = byType.values().stream().anyMatch(options -> options.contains(option));
        return typed && !byType.getOrDefault(settings.get(type), Set.of()).contains(option);
    }

    private String idle(Finding finding, Settings settings) {
        return finding.origin().place() + " " + finding.key() + " does nothing with " + type.key() + " = "
                + Shown.quoted(settings.get(type));
    }
}
