package io.cloudland.callback.config;

import io.cloudland.callback.model.Choice;
import io.cloudland.callback.model.Transition;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What lists must be. */
final class ListRules {

    private static final String NOT = "!";

    private ListRules() {}

    /** So many numbers of seconds at most. */
    static Rule<List<Duration>> seconds(int min, int max, int most) {
        Rule<Duration> one = Rule.seconds(min, max);
        return new Rule<>(
                "an array of at most " + most + " whole numbers of seconds from " + min + " to " + max,
                value -> elements(value).filter(list -> list.size() <= most).flatMap(list -> all(list, one)));
    }

    /** What is wanted, and, after a {@code !}, what is not. */
    static <T> Rule<Choice<T>> choice(Rule<T> one) {
        return new Rule<>(
                "an array, not empty, of " + one.text() + "; with \"!\" before it what is not wanted",
                value -> elements(value).filter(list -> !list.isEmpty()).flatMap(list -> chosen(list, one)));
    }

    static Rule<Transition> transition() {
        return new Rule<>(
                "two statuses such as \"running → shut_off\", \"* -> error\"",
                value -> value instanceof String text ? Transition.parse(text) : Optional.empty());
    }

    private static Optional<List<?>> elements(Object value) {
        if (value instanceof JsonArray array) {
            return Optional.of(array.getList());
        }
        return value instanceof List<?> list ? Optional.of(list) : Optional.empty();
    }

    private static <T> Optional<List<T>> all(List<?> values, Rule<T> rule) {
        List<T> all = new ArrayList<>();
        values.forEach(value -> rule.read(value).ifPresent(all::add));
        return all.size() == values.size() ? Optional.of(List.copyOf(all)) : Optional.empty();
    }

    private static <T> Optional<Choice<T>> chosen(List<?> values, Rule<T> rule) {
        Set<T> wanted = new LinkedHashSet<>();
        Set<T> unwanted = new LinkedHashSet<>();
        for (Object value : values) {
            boolean not = value instanceof String text && text.startsWith(NOT);
            Optional<T> read = rule.read(not ? ((String) value).substring(NOT.length()) : value);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            (not ? unwanted : wanted).add(read.get());
        }
        return Optional.of(new Choice<>(wanted, unwanted));
    }
}
