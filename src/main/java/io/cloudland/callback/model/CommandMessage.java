package io.cloudland.callback.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that the platform executed, decoded.
 *
 * @param id the sender's idempotency key
 * @param name the command's name without path and {@code .sh}, for example {@code launch_vm}
 * @param args {@code args[0]} is the command as written, {@code args[1]} the first argument
 * @param failed whether the command failed. One that is handed to the registry all the same was executed in an error context:
 *     it marked its resource as {@code error}, whatever its arguments say
 * @param snapshot the sender's own snapshot of the resource, as JSON values, not yet checked
 * @param timestamp when the command happened: the message's own time, else its arrival
 */
public record CommandMessage(
        Optional<String> id,
        String name,
        List<String> args,
        boolean failed,
        Optional<Map<String, Object>> snapshot,
        Instant timestamp) {

    /** The same command without what it says of its resource. */
    public CommandMessage withoutSnapshot() {
        return new CommandMessage(id, name, args, failed, Optional.empty(), timestamp);
    }

    /** The same command as executed in an error context. */
    public CommandMessage inError() {
        return new CommandMessage(id, name, args, true, snapshot, timestamp);
    }

    /** The argument at that index of {@link #args}, or empty where the command has fewer. */
    public Optional<String> arg(int index) {
        return index < args.size() ? Optional.of(args.get(index)) : Optional.empty();
    }
}
