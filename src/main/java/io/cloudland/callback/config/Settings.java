package io.cloudland.callback.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The effective value of every option, with its origin. */
final class Settings {

    private final Map<List<String>, Finding> byPath = new LinkedHashMap<>();

    private final SourceFiles files;

    private Settings(SourceFiles files) {
        this.files = files;
    }

    /** Checks every finding by its option's rule; the last right one of a path is in effect. */
    static Settings of(Findings findings) {
        Settings settings = new Settings(findings.files());
        for (Finding finding : findings.values()) {
            OptionTable.find(finding.path()).ifPresent(option -> settings.take(option, finding, findings));
        }
        return settings;
    }

    private void take(Option<?> option, Finding finding, Findings findings) {
        if (option.rule().read(finding.value()).isPresent()) {
            byPath.put(finding.path(), finding);
        } else {
            findings.problem(ConfigProblem.wrongValue(option, finding));
        }
    }

    /** What the sources were read from. */
    SourceFiles files() {
        return files;
    }

    /** The value of an option that has a default or is required. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option.key() + " went unchecked"));
    }

    <T> Optional<T> find(Option<T> option) {
        Optional<T> set = find(option, option.path());
        return set.isPresent() ? set : option.fallback().flatMap(fallback -> expanded(option, fallback));
    }

    /** The value of an option under a free name. */
    <T> Optional<T> find(Option<T> option, String name) {
        return find(option, option.path(name));
    }

    /** The value of an option under a free name, else that of the option that is its default. */
    <T> Optional<T> find(Option<T> option, String name, Option<T> otherwise) {
        return find(option, name).or(() -> find(otherwise));
    }

    /** The last parts of the paths right below that one that are set, in the order of the sources. */
    List<String> namesBelow(List<String> path) {
        return byPath.keySet().stream()
                .filter(set -> set.size() == path.size() + 1
                        && set.subList(0, path.size()).equals(path))
                .map(set -> set.get(path.size()))
                .toList();
    }

    boolean isSet(List<String> path) {
        return byPath.containsKey(path);
    }

    <T> Optional<T> find(Option<T> option, List<String> path) {
        return Optional.ofNullable(byPath.get(path))
                .flatMap(finding -> option.rule().read(finding.value()));
    }

    private <T> Optional<T> expanded(Option<T> option, T fallback) {
        return fallback instanceof String text ? expanded(text).flatMap(option.rule()::read) : Optional.of(fallback);
    }

    /** Empty where a placeholder stands for a value that means nothing. */
    private Optional<String> expanded(String text) {
        if (text.contains(Option.STORE_PATH)) {
            return TypedOptions.means(Options.STORE_PATH, this)
                    ? Optional.of(text.replace(Option.STORE_PATH, get(Options.STORE_PATH)))
                    : Optional.empty();
        }
        if (text.contains(Option.HOST)) {
            return Optional.of(text.replace(Option.HOST, HostName.get()));
        }
        return Optional.of(text.contains(Option.PREFIX) ? text.replace(Option.PREFIX, get(Options.PREFIX)) : text);
    }

    Origin origin(List<String> path) {
        return Optional.ofNullable(byPath.get(path)).map(Finding::origin).orElse(Origin.DEFAULT);
    }
}
