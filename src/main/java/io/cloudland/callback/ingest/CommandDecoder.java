package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command out of a message body {@code {"id"?, "command", "args"?, "error"?, "resource"?, "timestamp"?}}; what
 * {@code control} beside them means is read by {@link Control}.
 *
 * <p>{@code command} is a name with {@code args} beside it, or a whole command line. The decoded {@code args[0]} is always
 * the command as written. A sender's {@code args} may begin with it or not: where {@code args[0]}, without path and
 * {@code .sh}, is the command's name, the list is taken as it is; else {@code command} is put in front. A key that is
 * {@code null} counts as absent. Whatever does not fit is refused with a text that names the field, what was expected and
 * what kind of thing came.
 */
public final class CommandDecoder {

    /** It is remembered for a day, by the million. */
    static final int LONGEST_ID = 200;

    private final TimeSource clock;

    /** @param clock gives the time of arrival to a message without {@code timestamp} */
    public CommandDecoder(TimeSource clock) {
        this.clock = clock;
    }

    /** The command's name, and nothing else: cheap. */
    public String nameOf(@Nullable Object body) {
        String command = commandIn(object(body));
        return known(CommandLine.nameOf(command), command);
    }

    /** The whole command. */
    public CommandMessage decode(@Nullable Object body) {
        JsonObject message = object(body);
        String command = commandIn(message);
        Object args = message.getValue("args");
        CommandLine line = args == null ? CommandLine.decode(command) : ArgsField.read(command, args);
        return new CommandMessage(
                idIn(message),
                known(line.name(), command),
                line.args(),
                failedIn(message),
                snapshotIn(message),
                timestampIn(message));
    }

    private static JsonObject object(@Nullable Object body) {
        if (body instanceof JsonObject message) {
            return message;
        }
        throw invalid("the body", "a JSON object", JsonKind.of(body));
    }

    private static String commandIn(JsonObject message) {
        Object command = message.getValue("command");
        if (command instanceof String text) {
            return text;
        }
        throw invalid("command", "a command's name or a whole command line as a string", JsonKind.of(command));
    }

    private static String known(String name, String command) {
        if (name.isEmpty()) {
            String got = command.isBlank() ? "a blank string" : "a string whose first word holds no name";
            throw new CallbackException(
                    ErrorCode.INVALID_COMMAND_LINE, "command: expected a command's name or a command line, got " + got);
        }
        return name;
    }

    private static Optional<String> idIn(JsonObject message) {
        Object id = message.getValue("id");
        if (id == null || "".equals(id)) {
            return Optional.empty();
        }
        if (!(id instanceof String || id instanceof Number)) {
            throw invalid("id", "a string or a number", JsonKind.of(id));
        }
        String text = id.toString();
        if (text.length() > LONGEST_ID) {
            throw invalid("id", "at most " + LONGEST_ID + " characters", text.length() + " characters");
        }
        return Optional.of(text);
    }

    private static boolean failedIn(JsonObject message) {
        Object error = message.getValue("error");
        return error != null && !"".equals(error) && !Boolean.FALSE.equals(error);
    }

    private static Optional<Map<String, Object>> snapshotIn(JsonObject message) {
        Object resource = message.getValue("resource");
        if (resource == null) {
            return Optional.empty();
        }
        if (resource instanceof JsonObject snapshot) {
            return Optional.of(snapshot.getMap());
        }
        throw invalid("resource", "a JSON object", JsonKind.of(resource));
    }

    private Instant timestampIn(JsonObject message) {
        Object timestamp = message.getValue("timestamp");
        if (timestamp == null) {
            return clock.now();
        }
        String expected = "an RFC 3339 time such as 2025-10-30T10:30:00Z";
        if (timestamp instanceof String text) {
            return Rfc3339.parse(text).orElseThrow(() -> invalid("timestamp", expected, "a string that is none"));
        }
        throw invalid("timestamp", expected, JsonKind.of(timestamp));
    }

    static CallbackException invalid(String field, String expected, String got) {
        return new CallbackException(ErrorCode.INVALID_MESSAGE, field + ": expected " + expected + ", got " + got);
    }
}
