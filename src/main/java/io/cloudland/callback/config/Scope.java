package io.cloudland.callback.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose options are meant: those of the top, or those of one endpoint, which takes from the top what its table does not say.
 *
 * @param endpoint the name of the endpoint; empty for the top
 */
record Scope(Settings settings, Optional<String> endpoint) {

    /** Options of the top, each with those that take its meaning away where a table says one of them. */
    private static final Map<Option<?>, List<Option<?>>> REPLACED_BY = Map.of(
            Options.TLS_TRUST_STORE_PASSWORD, List.of(Options.TLS_TRUST_STORE),
            Options.TLS_KEY_STORE_PASSWORD, List.of(Options.TLS_KEY_STORE),
            Options.PROXY_PASSWORD, List.of(Options.PROXY),
            Options.SECRET, List.of(Options.SECRETS),
            Options.SECRETS, List.of(Options.SECRET),
            Options.RETRY_SCHEDULE, List.of(Options.RETRY_MAX, Options.RETRY_INTERVAL, Options.RETRY_BACKOFF));

    static Scope top(Settings settings) {
        return new Scope(settings, Optional.empty());
    }

    static Scope of(Settings settings, String endpoint) {
        return new Scope(settings, Optional.of(endpoint));
    }

    /**
     * The value of an option of the top as it holds here. Where the table names a proxy or a file of its own, the password
     * at the top is not meant, and is not shown to a stranger; where it has secrets of its own, nothing is signed with those of
     * the top; and one that says itself how often or how far apart does not mean the schedule of the top.
     */
    <T> Optional<T> find(Option<T> option) {
        if (isOwn(option)) {
            return settings.find(option, here(option));
        }
        boolean replaced = REPLACED_BY.getOrDefault(option, List.of()).stream().anyMatch(this::isOwn);
        return replaced ? Optional.empty() : settings.find(option);
    }

    /** The value of an option that has a default. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option.key() + " went unchecked"));
    }

    /** Whether one of these is said here: in the endpoint's table or, where the top is meant, at all. */
    boolean says(Option<?>... options) {
        return endpoint.isEmpty() || Stream.of(options).anyMatch(this::isOwn);
    }

    /** The path that says the value: that in the table where it is set there, else that of the top. */
    List<String> path(Option<?> option) {
        return isOwn(option) ? here(option) : option.path();
    }

    /** The path by which the value would be set for this endpoint alone, or for all where the top is meant. */
    List<String> here(Option<?> option) {
        return endpoint.map(name -> List.of("callback", "endpoints", name, option.name()))
                .orElseGet(option::path);
    }

    private boolean isOwn(Option<?> option) {
        return endpoint.isPresent() && settings.isSet(here(option));
    }
}
