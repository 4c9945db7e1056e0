package io.cloudland.callback.ingest;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code args} of a message, which stand beside a command's name instead of in its line. */
final class ArgsField {

    private ArgsField() {}

    static CommandLine read(String command, Object args) {
        if (!(args instanceof JsonArray list)) {
            throw CommandDecoder.invalid("args", "a list of strings and numbers", JsonKind.of(args));
        }
        String written = command.strip();
        if (written.chars().anyMatch(Character::isWhitespace)) {
            throw CommandDecoder.invalid("command", "a name alone, because args is given too", "a whole command line");
        }
        return new CommandLine(CommandLine.nameOf(written), argsOf(written, list));
    }

    private static List<String> argsOf(String command, JsonArray list) {
        List<String> args = new ArrayList<>(list.size() + 1);
        for (int i = 0; i < list.size(); i++) {
            args.add(text(list.getValue(i), i));
        }
        if (args.isEmpty() || !CommandLine.nameOf(args.get(0)).equals(CommandLine.nameOf(command))) {
            args.add(0, command);
        }
        return Collections.unmodifiableList(args);
    }

    private static String text(@Nullable Object arg, int index) {
        if (arg instanceof String text) {
            return text;
        }
        if (arg instanceof Number number) {
            return number.toString();
        }
        throw CommandDecoder.invalid("args[" + index + "]", "a string or a number", JsonKind.of(arg));
    }
}
