package io.cloudland.callback.observe;

import io.cloudland.callback.error.ErrorCode;

/** Hears what became of each command that was sent in. Called on any event loop: must be fast, must not do I/O; may not throw. */
public interface CommandListener {

    /** Hears nothing. */
    CommandListener NONE = new CommandListener() {};

    /** The command made so many events, 1 or more, and they are kept. */
    default void accepted(int events) {}

    /** The command rightly made no event; {@code reason} is the one of the reply, for example {@code unchanged}. */
    default void ignored(String reason) {}

    /** The command was refused; its sender was told so where it asked for a reply. */
    default void refused(ErrorCode code) {}
}
