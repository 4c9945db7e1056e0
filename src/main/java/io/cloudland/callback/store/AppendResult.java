package io.cloudland.callback.store;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChangeEvent;

/** What became of an append. */
public sealed interface AppendResult {

    /** The event is kept, and so are its deliveries. */
    record Appended(ResourceChangeEvent event) implements AppendResult {}

    /** The status was the last known one already and only a change was asked for: nothing was kept. */
    record Unchanged() implements AppendResult {}

    /** The same command was accepted before and led to this event: nothing was kept. */
    record Duplicate(EventId eventId) implements AppendResult {}

    /** The command is kept; its event is made later and will have this id, unless it turns out to change nothing. */
    record Kept(EventId eventId) implements AppendResult {}
}
