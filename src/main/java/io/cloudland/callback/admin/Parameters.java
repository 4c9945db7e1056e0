package io.cloudland.callback.admin;

import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a request asks for, by name, as text. Reading notes every problem instead of failing at the first; only
 * {@link #ifValid} lets the request go on. Not for several threads.
 */
final class Parameters {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    private static final String TYPES =
            Arrays.stream(ResourceType.values()).map(ResourceType::wireName).collect(Collectors.joining(", "));

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private Parameters() {}

    static Parameters ofQuery(Map<String, List<String>> query) {
        Parameters parameters = new Parameters();
        query.forEach((name, values) -> {
            parameters.given.put(name, values.get(0));
            if (values.size() > 1) {
                parameters.problems.add("'" + name + "' is given " + values.size() + " times");
            }
        });
        return parameters;
    }

    static Parameters ofBody(JsonObject body) {
        Parameters parameters = new Parameters();
        body.forEach(member -> parameters.take(member.getKey(), member.getValue()));
        return parameters;
    }

    private void take(String name, Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            given.put(name, value.toString());
        } else {
            known.add(name);
            problems.add("'" + name + "' must be a text, a number or a boolean");
        }
    }

    /** Whether any of these is given. */
    boolean hasAnyBut(String name) {
        return given.keySet().stream().anyMatch(key -> !key.equals(name));
    }

    Optional<String> text(String name) {
        known.add(name);
        Optional<String> text = Optional.ofNullable(given.get(name));
        if (text.filter(String::isBlank).isPresent()) {
            problems.add("'" + name + "' is empty");
        }
        return text;
    }

    Optional<Instant> time(String name) {
        return read(name, "an RFC 3339 time such as 2026-11-24T09:20:36Z", Parameters::instant);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    Optional<ResourceType> type(String name) {
        return read(name, "one of " + TYPES, ResourceType::ofWireName);
    }

    Optional<ResourceRef> resource(String name) {
        return read(name, "a resource's type and id, such as instance/127", Parameters::resourceOf);
    }

    private static Optional<ResourceRef> resourceOf(String text) {
        int slash = text.indexOf('/');
        Optional<ResourceType> type = slash < 0 ? Optional.empty() : ResourceType.ofWireName(text.substring(0, slash));
        Optional<Long> id = wholeNumber(text.substring(slash + 1)).filter(value -> value >= 1);
        return type.flatMap(known -> id.map(value -> new ResourceRef(known, value)));
    }

    private static Optional<Long> wholeNumber(String text) {
        try {
            return text.matches("\\d+") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    /** One of these words, as what it stands for. */
    <T> Optional<T> word(String name, Map<String, T> words) {
        String rule = words.keySet().stream().sorted().collect(Collectors.joining(" or "));
        return read(name, rule, text -> Optional.ofNullable(words.get(text)));
    }

    boolean flag(String name) {
        return word(name, Map.of("true", true, "false", false)).orElse(false);
    }

    int limit() {
        Optional<Long> limit = read(
                "limit",
                "a whole number from 1 to " + MAX_LIMIT,
                text -> wholeNumber(text).filter(value -> value >= 1 && value <= MAX_LIMIT));
        return limit.map(Long::intValue).orElse(DEFAULT_LIMIT);
    }

    private <T> Optional<T> read(String name, String rule, Function<String, Optional<T>> reader) {
        known.add(name);
        Optional<String> text = Optional.ofNullable(given.get(name));
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            problems.add("'" + name + "' must be " + rule + ", was '" + text.get() + "'");
        }
        return value;
    }

    /** Notes a problem of the request as a whole. */
    void problem(String text) {
        problems.add(text);
    }

    /** Goes on where everything that is given was asked for and is right; else answers with every problem. */
    Future<Answer> ifValid(Supplier<Future<Answer>> operation) {
        List<String> found = new ArrayList<>(problems);
        given.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> found.add(unknown(name)));
        return found.isEmpty() ? operation.get() : Future.succeededFuture(Answer.invalid(String.join("; ", found)));
    }

    private String unknown(String name) {
        String names = known.isEmpty() ? "there are none here" : "there are " + String.join(", ", known);
        return "'" + name + "' is not a parameter of this request; " + names;
    }
}
