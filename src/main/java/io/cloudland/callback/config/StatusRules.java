package io.cloudland.callback.config;

import io.cloudland.callback.model.StatusSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How sets of HTTP statuses are written. */
final class StatusRules {

    private static final String RANGES =
            "statuses from " + StatusSet.MIN + " to " + StatusSet.MAX + " such as \"400-407, 501\"";
    private static final Pattern RANGE = Pattern.compile("\\s*(\\d{3})\\s*(?:-\\s*(\\d{3})\\s*)?");

    private StatusRules() {}

    /** Statuses, or one of the sets that have a name. */
    static Rule<String> retried() {
        return Rule.text(
                "\"specification\", \"standard\" or " + RANGES,
                text -> read(text).isPresent());
    }

    /** Statuses only. */
    static Rule<String> named() {
        return Rule.text(RANGES, text -> ranges(text).isPresent());
    }

    /** The set that a text stands for which keeps the rule. */
    static StatusSet parse(String text) {
        return read(text).orElseThrow(() -> new IllegalStateException("statuses went unchecked: " + text));
    }

    private static Optional<StatusSet> read(String text) {
        return switch (text) {
            case "specification" -> Optional.of(StatusSet.SPECIFICATION);
            case "standard" -> Optional.of(StatusSet.STANDARD);
            default -> ranges(text);
        };
    }

    private static Optional<StatusSet> ranges(String text) {
        List<StatusSet.Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<StatusSet.Range> range = range(part);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        return Optional.of(new StatusSet(ranges));
    }

    private static Optional<StatusSet.Range> range(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return StatusSet.MIN <= first && first <= last
                ? Optional.of(new StatusSet.Range(first, last))
                : Optional.empty();
    }
}
