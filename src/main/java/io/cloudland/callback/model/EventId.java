package io.cloudland.callback.model;

import java.util.UUID;

/** The name of an event for life: the same over attempts, replays and restarts. Receivers drop duplicates by it. */
public record EventId(String value) {

    /** A new id, unique without coordination. */
    public static EventId random() {
        return new EventId("evt_" + UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value;
    }
}
