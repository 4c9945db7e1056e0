package io.cloudland.callback.config;

import java.util.stream.Stream;

/** What a value of an option is made of; environment and system properties know text only and are read by it. */
enum Kind {
    WHOLE_NUMBER,
    SECONDS,
    SHARE,
    FLAG,
    TEXT,
    SECRET,
    SECONDS_LIST,
    TEXT_LIST;

    /** The value that the text stands for; the text itself where it is none of this kind, for the rule to refuse. */
    Object ofText(String text) {
        return switch (this) {
            case WHOLE_NUMBER, SECONDS -> wholeNumber(text.strip());
            case SHARE -> number(text.strip());
            case FLAG -> flag(text.strip());
            case TEXT, SECRET -> text;
            case SECONDS_LIST -> parts(text).map(Kind::wholeNumber).toList();
            case TEXT_LIST -> parts(text).toList();
        };
    }

    private static Object wholeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    private static Object number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    /** Parted by commas. */
    private static Stream<String> parts(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    /** Whether a value is an array in the file. */
    boolean isList() {
        return this == SECONDS_LIST || this == TEXT_LIST;
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }
}
