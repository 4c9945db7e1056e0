package io.cloudland.callback.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a value must be.
 *
 * @param text completes "must be", for example {@code a whole number from 1 to 256}
 * @param reader the typed value, or empty where the value breaks the rule
 */
record Rule<T>(String text, Function<Object, Optional<T>> reader) {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern SCHEMA_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_.:/-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\p{Graph}&&\\p{ASCII}]+");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*[^\\p{Cntrl}\\s][^\\p{Cntrl}]*");

    Optional<T> read(Object value) {
        return reader.apply(value);
    }

    static Rule<Integer> wholeNumber(int min, int max) {
        return new Rule<>(
                "a whole number from " + min + " to " + max,
                value -> within(value, min, max).map(Long::intValue));
    }

    static Rule<Long> bytes(long min, long max) {
        return new Rule<>("a whole number of bytes from " + min + " to " + max, value -> within(value, min, max));
    }

    static Rule<Duration> seconds(int min, int max) {
        return new Rule<>(
                "a whole number of seconds from " + min + " to " + max,
                value -> within(value, min, max).map(Duration::ofSeconds));
    }

    private static Optional<Long> within(Object value, long min, long max) {
        boolean whole = value instanceof Long || value instanceof Integer || value instanceof Short;
        return whole
                ? Optional.of(((Number) value).longValue()).filter(number -> min <= number && number <= max)
                : Optional.empty();
    }

    static Rule<Double> share() {
        return new Rule<>(
                "a number from 0 to 1",
                value -> value instanceof Double
                                || value instanceof Float
                                || value instanceof Long
                                || value instanceof Integer
                        ? Optional.of(((Number) value).doubleValue()).filter(share -> share >= 0 && share <= 1)
                        : Optional.empty());
    }

    static Rule<Boolean> flag() {
        return new Rule<>(
                "true or false", value -> value instanceof Boolean flag ? Optional.of(flag) : Optional.empty());
    }

    static Rule<String> oneOf(String... names) {
        return oneOf(names, Function.identity());
    }

    /** One of the names that these values have on the wire. */
    static <T> Rule<T> oneOf(T[] values, Function<T, String> name) {
        List<T> known = List.copyOf(Arrays.asList(values));
        String names = known.stream().map(name).map(Shown::quoted).collect(Collectors.joining(", "));
        return new Rule<>(
                known.size() == 1 ? names + " (the one there is)" : "one of " + names,
                value -> known.stream()
                        .filter(one -> name.apply(one).equals(value))
                        .findFirst());
    }

    /** What may start an event bus address or name a thing. */
    static Rule<String> plainName() {
        return text("letters, digits, \"-\", \"_\" and \".\"", PLAIN_NAME.asMatchPredicate());
    }

    /** What PostgreSQL takes for a name without quotes, so that an operator can type it as it is. */
    static Rule<String> schemaName() {
        return text(
                "lower case letters, digits and \"_\", at most 63, the first no digit", SCHEMA_NAME.asMatchPredicate());
    }

    static Rule<String> address() {
        return text("letters, digits, \"-\", \"_\", \".\", \":\" and \"/\"", ADDRESS.asMatchPredicate());
    }

    static Rule<String> line() {
        return text("text on one line, not blank", LINE.asMatchPredicate());
    }

    /** A path that every system takes for a Unix domain socket (the shortest limit is 103 bytes), or {@code off}. */
    static Rule<String> socketPath() {
        return text(
                "a path of at most 100 bytes, or \"off\"",
                path -> line().read(path).isPresent() && path.getBytes(UTF_8).length <= 100);
    }

    /** What can be the value of an HTTP header. */
    static Rule<String> headerValue() {
        return text("visible ASCII characters, at least one, without white space", HEADER_VALUE.asMatchPredicate());
    }

    static Rule<String> notEmpty() {
        return text("text, not empty", text -> !text.isEmpty());
    }

    static Rule<String> text(String text, Predicate<String> holds) {
        return new Rule<>(
                text,
                value -> value instanceof String string && holds.test(string) ? Optional.of(string) : Optional.empty());
    }

    <U> Rule<U> map(Function<T, U> change) {
        return new Rule<>(text, value -> reader.apply(value).map(change));
    }
}
