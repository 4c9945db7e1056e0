package io.cloudland.callback;

import io.cloudland.callback.model.DeadLetter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What an embedding host can ask of a running service, from any thread. Got from {@link CallbackVerticle#service()}. */
public interface CallbackService {

    /**
     * Hands in one command, as the event bus address does.
     *
     * @param command the message of the contract, for example {@code {"command": "launch_vm '127' 'running' '3' 'init'"}}
     * @return the reply, {@code {"status": "accepted", "event_ids": [...]}} or {@code {"status": "ignored", ...}}; fails
     *     with a {@link io.vertx.core.eventbus.ReplyException} whose code is an
     *     {@link io.cloudland.callback.error.ErrorCode#number()}
     */
    Future<JsonObject> submit(JsonObject command);

    /** Switches the making of events on or off; commands are answered as ignored while it is off. */
    void setEnabled(boolean enabled);

    /** Whether commands become events now. */
    boolean isEnabled();

    /** The counts of this moment. */
    CallbackStats stats();

    /**
     * The newest dead letters, newest first.
     *
     * @param limit at most so many, 1 or more
     */
    Future<List<DeadLetter>> deadLetters(int limit);
}
