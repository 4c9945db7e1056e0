package io.cloudland.callback;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.LoggedAttempt;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

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

    /** Where each endpoint stands, in the order of the configuration. */
    List<EndpointStatus> endpoints();

    /**
     * Starts nothing to that endpoint any more until it is resumed; attempts under way end, events wait and are kept. Gone
     * with a restart of the service.
     *
     * @return where it stands then; empty where no enabled endpoint has that name
     */
    Optional<EndpointStatus> pauseEndpoint(String name);

    /**
     * Lifts whatever holds that endpoint back: a pause by hand or by {@code Retry-After}, or its word that it is gone; one
     * that is parked is tried at once.
     *
     * @return where it stands then; empty where no enabled endpoint has that name
     */
    Optional<EndpointStatus> resumeEndpoint(String name);

    /** The counts of this moment. */
    CallbackStats stats();

    /**
     * The newest dead letters, newest first.
     *
     * @param limit at most so many, 1 or more
     */
    default Future<List<DeadLetter>> deadLetters(int limit) {
        return deadLetters(DeadLetterFilter.all(), limit);
    }

    /**
     * Dead letters, newest first.
     *
     * @param limit at most so many, 1 or more
     * @return fails with {@code STORE_FAILED} where the search takes too long; give a narrower filter then
     */
    Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit);

    /**
     * Makes each dead letter that matches pending again, with the same event id, body and sequence; attempts start at 0.
     *
     * @return how many; letters to an endpoint that is not configured and unreadable ones are left, which the log tells.
     *     Fails with {@code QUEUE_FULL} where {@code queue_size} stopped it, with {@code NOT_REPLAYABLE} where all that
     *     matched was left: the text says how many were replayed and why the others were not
     */
    Future<Long> replay(DeadLetterFilter filter);

    /** Deletes each dead letter that matches, for good; returns how many. */
    Future<Long> purge(DeadLetterFilter filter);

    /**
     * Open deliveries in order of acceptance, also those to an endpoint that is no longer configured.
     *
     * @param limit at most so many, 1 or more
     */
    Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit);

    /**
     * Attempts that have ended, newest first, as far back as the delivery log goes.
     *
     * @param limit at most so many, 1 or more
     */
    Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit);
}
