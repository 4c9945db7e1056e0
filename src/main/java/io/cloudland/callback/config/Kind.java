package io.cloudland.callback.config;

/** What a value of an option is made of; environment and system properties know text only and are read by it. */
enum Kind {
    WHOLE_NUMBER,
    SECONDS,
    FLAG,
    TEXT,
    SECRET;

    /** The value that the text stands for; the text itself where it is none of this kind, for the rule to refuse. */
    Object ofText(String text) {
        return switch (this) {
            case WHOLE_NUMBER, SECONDS -> wholeNumber(text.strip());
            case FLAG -> flag(text.strip());
            case TEXT, SECRET -> text;
        };
    }

    private static Object wholeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return text;
        }
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
        };
    }
}
