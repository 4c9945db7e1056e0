package io.cloudland.callback.config;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the sources hold, gathered in order of precedence, with every problem and warning met on the way. */
final class Findings {

    private final SourceFiles files;
    private final List<Finding> values = new ArrayList<>();
    private final Map<String, Origin> commands = new LinkedHashMap<>();
    private final Map<String, Origin> endpoints = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> suspicions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean complete = true;

    /**
     * Prepares for what the sources hold.
     *
     * @param files through which everything is read
     */
    Findings(SourceFiles files) {
        this.files = files;
    }

    SourceFiles files() {
        return files;
    }

    void add(Finding finding) {
        values.add(finding);
    }

    /** Puts these in the place of all values. */
    void replaceAll(List<Finding> newValues) {
        values.clear();
        values.addAll(newValues);
    }

    void problem(ConfigProblem problem) {
        problems.add(problem);
    }

    /** Adds what is a problem only if something else is wrong, which it may explain; alone it is a warning. */
    void suspicion(ConfigProblem suspicion) {
        suspicions.add(suspicion);
    }

    void warning(String warning) {
        warnings.add(warning);
    }

    /** Notes that a command's table is there, be it empty. */
    void command(String name, Origin origin) {
        commands.putIfAbsent(name, origin);
    }

    /**
     * Notes that an endpoint's table is there.
     *
     * @param name its name; its place in brackets where it has none
     */
    void endpoint(String name, Origin origin) {
        endpoints.putIfAbsent(name, origin);
    }

    Map<String, Origin> endpoints() {
        return endpoints;
    }

    /** Notes that a source could not be read: what is not here may still be set there. */
    void incomplete() {
        complete = false;
    }

    boolean isComplete() {
        return complete;
    }

    List<Finding> values() {
        return values;
    }

    Map<String, Origin> commands() {
        return commands;
    }

    List<String> warnings() {
        return Stream.concat(suspicions.stream().map(ConfigProblem::line), warnings.stream())
                .toList();
    }

    boolean has(List<String> path) {
        return values.stream().anyMatch(finding -> finding.path().equals(path));
    }

    void throwIfWrong() {
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = Stream.concat(problems.stream(), suspicions.stream())
                .sorted(ConfigProblem.IN_ORDER)
                .map(problem -> "\n" + problem.line())
                .toList();
        String count = lines.size() == 1 ? "1 problem" : lines.size() + " problems";
        throw new CallbackException(
                ErrorCode.CONFIG_INVALID, "the configuration has " + count + String.join("", lines));
    }
}
