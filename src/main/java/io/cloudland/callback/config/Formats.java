package io.cloudland.callback.config;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The payload formats that a configuration may name. */
final class Formats {

    private static final String[] BUILT_IN = {
        "resource-change", "event", "cloudevents", "cloudevents-binary", "cloudevents-batch"
    };

    /** Any name here: only where the host's formats are known can more be said. */
    static final Rule<String> RULE = Rule.text(builtIn() + ", or a format that the host adds", name -> !name.isBlank());

    private Formats() {}

    private static String builtIn() {
        return "one of " + Arrays.stream(BUILT_IN).map(Shown::quoted).collect(Collectors.joining(", "));
    }

    /** Adds a problem where neither we nor the host have the format. */
    static void check(Option<String> option, Settings settings, Set<String> ofHost, Findings findings) {
        String name = settings.get(option);
        if (Arrays.asList(BUILT_IN).contains(name) || ofHost.contains(name)) {
            return;
        }
        String added = ofHost.isEmpty()
                ? ""
                : " or, of this host, "
                        + new TreeSet<>(ofHost).stream().map(Shown::quoted).collect(Collectors.joining(", "));
        findings.problem(new ConfigProblem(
                settings.origin(option.path()),
                option.key(),
                "must be " + builtIn() + added + ", was " + Shown.wrong(name)));
    }
}
