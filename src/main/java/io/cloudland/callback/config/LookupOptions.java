package io.cloudland.callback.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which options of {@code [callback.lookup]} mean something for which type. */
final class LookupOptions {

    private static final Map<String, Set<Option<?>>> BY_TYPE = Map.of(
            "message", Set.of(),
            "event-bus", Set.of(Options.LOOKUP_ADDRESS, Options.LOOKUP_TIMEOUT, Options.LOOKUP_RETRY_INTERVAL),
            "postgresql",
                    Set.of(
                            Options.LOOKUP_URI,
                            Options.LOOKUP_PASSWORD,
                            Options.LOOKUP_POOL_SIZE,
                            Options.LOOKUP_TIMEOUT,
                            Options.LOOKUP_RETRY_INTERVAL));

    private LookupOptions() {}

    /** Whether the option means something; every option outside the table and the type itself do. */
    static boolean means(Option<?> option, String type) {
        return !isTyped(option) || BY_TYPE.getOrDefault(type, Set.of()).contains(option);
    }

    private static boolean isTyped(Option<?> option) {
        return BY_TYPE.values().stream().anyMatch(options -> options.contains(option));
    }

    static void check(Settings settings, Findings findings, Origin home) {
        String type = settings.get(Options.LOOKUP_TYPE);
        List<String> uri = Options.LOOKUP_URI.path();
        if (type.equals("postgresql") && !findings.has(uri)) {
            String when = " for callback.lookup.type = \"postgresql\"";
            findings.problem(ConfigProblem.missing(Options.LOOKUP_URI, Options.LOOKUP_URI.key(), when, home));
        }
        findings.values()
                .forEach(finding -> OptionTable.find(finding.path())
                        .filter(option -> !means(option, type))
                        .ifPresent(option -> findings.warning(idle(finding, type))));
    }

    private static String idle(Finding finding, String type) {
        return finding.origin().place() + " " + finding.key() + " does nothing with callback.lookup.type = "
                + Shown.quoted(type);
    }
}
