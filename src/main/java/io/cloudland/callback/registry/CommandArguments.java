package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads ids and MAC addresses out of a command's arguments, or says precisely what is wrong with them. */
public final class CommandArguments {

    private static final int LONGEST_SHOWN = 64;
    private static final String AN_ID = "a whole number from 1 to " + Long.MAX_VALUE;
    private static final Pattern MAC_ADDRESS = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    private CommandArguments() {}

    /**
     * The resource whose id is the argument at that index.
     *
     * @throws CallbackException {@code MISSING_RESOURCE_ID} where it is missing or empty, {@code INVALID_RESOURCE_ID}
     *     where it is not a whole number from 1 to 2^63-1
     */
    public static ResourceRef resource(CommandMessage command, int index, ResourceType type) {
        String text = required(command, index, "the id of the " + type.wireName());
        return new ResourceRef(type, id(command, index, type, text));
    }

    static long id(CommandMessage command, int index, ResourceType type, String text) {
        long id = parseId(text);
        if (id < 1) {
            throw invalid(command, index, "the id of the " + type.wireName() + ", " + AN_ID, text);
        }
        return id;
    }

    /** The MAC address in the argument at that index, in lower case as the platform's database holds it. */
    static String macAddress(CommandMessage command, int index) {
        String text = required(command, index, "the interface's MAC address");
        if (!MAC_ADDRESS.matcher(text).matches()) {
            throw invalid(command, index, "the interface's MAC address, such as 52:54:00:12:34:56", text);
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String required(CommandMessage command, int index, String what) {
        boolean there = index < command.args().size();
        String text = there ? command.args().get(index) : "";
        if (text.isBlank()) {
            throw new CallbackException(
                    ErrorCode.MISSING_RESOURCE_ID,
                    "command " + command.name() + ": args[" + index + "] should be " + what + ", but is "
                            + (there ? "empty" : "missing"));
        }
        return text;
    }

    static CallbackException invalid(CommandMessage command, int index, String expected, String got) {
        return new CallbackException(
                ErrorCode.INVALID_RESOURCE_ID,
                "command " + command.name() + ": args[" + index + "] should be " + expected + ", but is " + shown(got));
    }

    /** The id in that text, digits only; 0 where it is none. */
    static long parseId(String text) {
        long id = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || id > (Long.MAX_VALUE - digit) / 10) {
                return 0;
            }
            id = id * 10 + digit;
        }
        return id;
    }

    /** A value as a message may show it: in quotes, cut, and without anything that could forge a line of a log. */
    static String shown(String value) {
        StringBuilder shown = new StringBuilder("\"");
        value.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        boolean cut = value.codePointCount(0, value.length()) > LONGEST_SHOWN;
        return shown.append(cut ? "…\"" : "\"").toString();
    }
}
