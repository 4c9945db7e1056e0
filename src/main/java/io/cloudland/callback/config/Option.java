package io.cloudland.callback.config;

import io.cloudland.callback.model.Secret;
import io.cloudland.callback.model.SigningSecret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One option: all that parsing, reports, suggestions and the reference need to know of it.
 *
 * @param key the full key, for example {@code callback.store.type}; {@code <name>} stands for any one name
 * @param kind how its text form is read
 * @param fallback the value where nobody sets it; {@code <prefix>} and {@code <store.path>} in it stand for the values of
 *     those options, and nothing is set where the latter means nothing; {@code <host>} for the name of this machine
 * @param required whether a configuration without it is refused
 * @param description what it does, for the reference
 */
record Option<T>(String key, Kind kind, Rule<T> rule, Optional<T> fallback, boolean required, String description) {

    static final String ANY_NAME = "<name>";
    static final String PREFIX = "<prefix>";
    static final String STORE_PATH = "<store.path>";
    static final String HOST = "<host>";

    static Option<Boolean> flag(String key, boolean fallback, String description) {
        return new Option<>(key, Kind.FLAG, Rule.flag(), Optional.of(fallback), false, description);
    }

    static Option<Integer> number(String key, int fallback, int min, int max, String description) {
        return new Option<>(
                key, Kind.WHOLE_NUMBER, Rule.wholeNumber(min, max), Optional.of(fallback), false, description);
    }

    static Option<Long> bytes(String key, long fallback, long min, long max, String description) {
        return new Option<>(key, Kind.WHOLE_NUMBER, Rule.bytes(min, max), Optional.of(fallback), false, description);
    }

    static Option<Duration> seconds(String key, int fallback, int min, int max, String description) {
        Duration seconds = Duration.ofSeconds(fallback);
        return new Option<>(key, Kind.SECONDS, Rule.seconds(min, max), Optional.of(seconds), false, description);
    }

    static Option<String> text(String key, Rule<String> rule, String fallback, String description) {
        return new Option<>(key, Kind.TEXT, rule, Optional.of(fallback), false, description);
    }

    static <T> Option<T> unset(String key, Rule<T> rule, String description) {
        return new Option<>(key, Kind.TEXT, rule, Optional.empty(), false, description);
    }

    static Option<Secret> secret(String key, Rule<String> rule, String description) {
        return new Option<>(key, Kind.SECRET, rule.map(Secret::new), Optional.empty(), false, description);
    }

    static Option<List<SigningSecret>> signingSecrets(String key, Rule<List<SigningSecret>> rule, String description) {
        return new Option<>(key, Kind.SECRET, rule, Optional.empty(), false, description);
    }

    static <T> Option<T> required(String key, Rule<T> rule, String description) {
        return required(key, rule, Kind.TEXT, description);
    }

    static <T> Option<T> required(String key, Rule<T> rule, Kind kind, String description) {
        return new Option<>(key, kind, rule, Optional.empty(), true, description);
    }

    List<String> path() {
        return List.of(key.split("\\.", -1));
    }

    /** The path with {@code <name>} filled in. */
    List<String> path(String name) {
        return path().stream().map(part -> part.equals(ANY_NAME) ? name : part).toList();
    }

    boolean isNamed() {
        return key.contains(ANY_NAME);
    }

    boolean secret() {
        return kind == Kind.SECRET;
    }

    /** Whether it stands in {@code [callback.commands.<name>]}. */
    boolean isOfCommand() {
        return key.startsWith("callback.commands.");
    }

    /** Whether it stands in {@code [[callback.endpoints]]} or in a table of an endpoint. */
    boolean isOfEndpoint() {
        return key.startsWith("callback.endpoints.");
    }

    /** The table it stands in, as a file writes it: endpoints have no name there. */
    String heading() {
        String table = isOfEndpoint() ? section().replace("." + ANY_NAME, "") : section();
        return section().endsWith("endpoints." + ANY_NAME) ? "[[" + table + "]]" : "[" + table + "]";
    }

    /** The table it stands in, for example {@code callback.store}. */
    String section() {
        return key.substring(0, key.lastIndexOf('.'));
    }

    /** Its key inside its table. */
    String name() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The environment variable that sets it; none for options under a free name. */
    Optional<String> environmentName() {
        return isNamed()
                ? Optional.empty()
                : Optional.of(key.toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    /** The environment variable that names a file with its value; for secrets only. */
    Optional<String> fileVariable() {
        return secret() ? environmentName().map(name -> name + "_FILE") : Optional.empty();
    }

    boolean matches(List<String> other) {
        return path().size() == other.size() && startsWith(other);
    }

    /** Whether {@code other} is this option's path or leads to it. */
    boolean startsWith(List<String> other) {
        List<String> own = path();
        if (other.size() > own.size()) {
            return false;
        }
        for (int i = 0; i < other.size(); i++) {
            if (!own.get(i).equals(ANY_NAME) && !own.get(i).equals(other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
