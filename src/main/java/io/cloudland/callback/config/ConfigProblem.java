package io.cloudland.callback.config;

import java.util.Comparator;
import java.util.List;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the option's full key; empty where the problem is not one option's
 * @param text completes place and key to a line; never holds a secret
 */
record ConfigProblem(Origin origin, String key, String text) {

    /** In the order in which a reader meets them. */
    static final Comparator<ConfigProblem> IN_ORDER = Comparator.comparing(
                    (ConfigProblem problem) -> problem.origin().layer())
            .thenComparingInt(problem -> problem.origin().line())
            .thenComparingInt(problem -> problem.origin().column());

    static ConfigProblem wrongValue(Option<?> option, Finding finding) {
        Object value = finding.value();
        String shown = option.secret() ? "***" : option.kind().isList() ? Shown.wrongList(value) : Shown.wrong(value);
        return new ConfigProblem(
                finding.origin(), finding.key(), "must be " + option.rule().text() + ", was " + shown);
    }

    static ConfigProblem notATable(List<String> path, Object value, Origin origin) {
        String key = Shown.key(path);
        return new ConfigProblem(origin, key, "must be a table, [" + key + "], was " + Shown.wrong(value));
    }

    static ConfigProblem unknown(List<String> path, Origin origin) {
        return new ConfigProblem(origin, Shown.key(path), "is not an option; " + Nearest.advice(path));
    }

    static ConfigProblem missing(Option<?> option, String key, String when, Origin origin) {
        String variable = option.environmentName()
                .map(name -> "; set it in the file or as " + name)
                .orElse("");
        return new ConfigProblem(
                origin, key, "is required" + when + ": " + option.rule().text() + variable);
    }

    /** The whole line; a place that names the key already, as a system property does, names it once. */
    String line() {
        boolean named = key.isEmpty() || origin.source().endsWith(" " + key);
        return origin.place() + " " + (named ? "" : key + " ") + text;
    }
}
