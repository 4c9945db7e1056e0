package io.cloudland.callback.registry;

import io.cloudland.callback.model.CommandMessage;
import java.util.Optional;

/** Reads the resource's new status out of a command, where the command states it. */
@FunctionalInterface
public interface StatusSource {

    Optional<String> statusIn(CommandMessage command);

    /** The command does not state it: the lookup tells. */
    static StatusSource lookup() {
        return command -> Optional.empty();
    }

    /** The argument at that index of {@code args}; where it is missing or blank the lookup tells. */
    static StatusSource argument(int index) {
        return command -> command.arg(index).map(String::strip).filter(status -> !status.isEmpty());
    }

    /** The same status whatever the arguments. */
    static StatusSource always(String status) {
        Optional<String> known = Optional.of(status);
        return command -> known;
    }
}
