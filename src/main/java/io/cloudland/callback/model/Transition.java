package io.cloudland.callback.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of a change of status, written {@code running → shut_off} or {@code running -> shut_off}.
 *
 * @param from the status before: a name, {@code *} for any, {@code -} for none, which is first sight
 * @param to the status after: a name, or {@code *} for any
 */
public record Transition(String from, String to) {

    /** Stands for any status. */
    public static final String ANY = "*";

    /** Stands for no status before. */
    public static final String NONE = "-";

    private static final Pattern WRITTEN = Pattern.compile("\\s*(\\S+?)\\s*(?:→|->)\\s*(\\S+)\\s*");

    /** The pattern that the text writes down, or empty. */
    public static Optional<Transition> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                        && !isArrow(matcher.group(2))
                        && !matcher.group(2).equals(NONE)
                ? Optional.of(new Transition(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** A second arrow would make a chain, which nobody follows. */
    private static boolean isArrow(String status) {
        return status.contains("→") || status.contains("->");
    }

    @Override
    public String toString() {
        return from + " -> " + to;
    }
}
