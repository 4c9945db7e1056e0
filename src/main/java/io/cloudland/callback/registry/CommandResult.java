package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import java.util.List;

/** What became of a command that was not refused. */
public sealed interface CommandResult {

    /**
     * At least one event was made of it.
     *
     * @param problems what failed for other resources of the same command; empty nearly always
     */
    record Accepted(List<EventId> eventIds, List<CallbackException> problems) implements CommandResult {}

    /** It made no event, rightly. */
    record Ignored(IgnoreReason reason) implements CommandResult {}
}
