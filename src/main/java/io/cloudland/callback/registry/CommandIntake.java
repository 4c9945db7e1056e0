package io.cloudland.callback.registry;

import io.cloudland.callback.model.CommandMessage;
import io.vertx.core.Future;

/** Takes decoded commands in and answers when their events are kept. May be called from any context. */
public interface CommandIntake {

    /** Whether a command of that name changes a monitored resource; cheap enough to ask for every message. */
    boolean isRegistered(String commandName);

    /**
     * Enriches a command into events and stores them, in arrival order per resource.
     *
     * @return completes once every event is as durable as the store makes it; fails with a
     *     {@link io.cloudland.callback.error.CallbackException} that says whether to send it again
     */
    Future<CommandResult> submit(CommandMessage command);
}
