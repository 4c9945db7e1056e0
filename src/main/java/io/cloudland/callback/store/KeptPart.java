package io.cloudland.callback.store;

import io.cloudland.callback.model.EventId;
import java.util.Optional;

/**
 * One resource of a kept command, whose event is still to be made.
 *
 * @param arrival the command's place in the order of arrival
 * @param index which of the resources that the command mentions, from 0
 * @param eventId the id promised to its event
 * @param key asked and remembered when it is kept; empty when it is read back
 */
public record KeptPart(long arrival, int index, EventId eventId, Optional<CommandKey> key) {

    @Override
    public String toString() {
        return "resource " + index + " of the kept command " + arrival;
    }
}
