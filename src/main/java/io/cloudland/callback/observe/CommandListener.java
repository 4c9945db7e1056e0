package io.cloudland.callback.observe;

import io.cloudland.callback.error.ErrorCode;

/** Hears what became of each command that was sent in. Called on any event loop: must be fast, must not do I/O; may not throw. */
public interface CommandListener {

    /** Hears nothing. */
    CommandListener NONE = new CommandListener() {};

    /** The command made so many events, 1 or more, and they are kept; or they are made later and it is kept. */
    default void accepted(int events) {}

    /**
     * The command rightly made no event.
     *
     * @param reason the one of the reply, for example {@code unchanged}, or {@code duplicate} where all of its events were
     *     made when it was sent before
     */
    default void ignored(String reason) {}

    /** One resource of a command that was accepted and kept for later makes no event after all. */
    default void keptRefused(ErrorCode code) {}

    /** The command was refused; its sender was told so where it asked for a reply. */
    default void refused(ErrorCode code) {}
}
