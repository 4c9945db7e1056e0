package io.cloudland.callback.receiver;

/** What the account makes of an event that was answered 2xx. */
public enum Verdict {
    /** Not seen before, and nothing later of its resource was. */
    IN_ORDER,
    /** Not seen before, but something later of its resource was. */
    OUT_OF_ORDER,
    /** Seen before. */
    DUPLICATE
}
