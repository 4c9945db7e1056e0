package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The immutable fact that a resource changed, with its place in that resource's history.
 *
 * @param previousStatus the status of this resource's event before; empty on first sight
 * @param sequence contiguous per resource and epoch, from 1
 * @param epoch changes when the store lost its state, so that a receiver knows that sequences start anew
 * @param recordedAt when the store accepted it
 */
public record ResourceChangeEvent(
        EventId id,
        ResourceChange change,
        Optional<String> previousStatus,
        long sequence,
        String epoch,
        Instant recordedAt) {

    public ResourceRef resource() {
        return change.resource();
    }
}
