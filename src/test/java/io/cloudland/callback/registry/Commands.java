package io.cloudland.callback.registry;

import io.cloudland.callback.ingest.CommandLine;
import io.cloudland.callback.model.CommandMessage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Commands for tests, from their command lines. */
final class Commands {

    static final Instant AT = Instant.parse("2025-10-30T10:30:00Z");

    private Commands() {}

    static CommandMessage command(String line) {
        return command(line, AT);
    }

    static CommandMessage command(String line, Instant at) {
        CommandLine decoded = CommandLine.decode(line);
        return new CommandMessage(Optional.empty(), decoded.name(), decoded.args(), false, Optional.empty(), at);
    }

    /** With a snapshot in the message; the lookup of the test knows what is in it. */
    static CommandMessage carrying(String line) {
        CommandMessage command = command(line);
        return new CommandMessage(
                command.id(), command.name(), command.args(), false, Optional.of(Map.of("uuid", "u")), AT);
    }
}
