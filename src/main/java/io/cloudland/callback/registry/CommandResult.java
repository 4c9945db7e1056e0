package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.EventId;
import java.util.List;

/** What became of a command that was not refused. */
public sealed interface CommandResult {

    /**
     * At least one event was made of it, or will be.
     *
     * @param problems what failed for other resources of the same command; empty nearly always
     * @param kept whether at least one of the events is made later, when the lookup answers
     * @param duplicates how many of the events are of the same command sent before
     */
    record Accepted(List<EventId> eventIds, List<CallbackException> problems, boolean kept, int duplicates)
            implements CommandResult {

        /** All of its events are new and made. */
        public Accepted(List<EventId> eventIds, List<CallbackException> problems) {
            this(eventIds, problems, false, 0);
        }

        /** How many of the events are new. */
        public int newEvents() {
            return eventIds.size() - duplicates;
        }
    }

    /** It made no event, rightly. */
    record Ignored(IgnoreReason reason) implements CommandResult {}
}
