package io.cloudland.callback.admin;

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

/**
 * What the control API needs of the service that it controls; the wiring hands it in, so that this room knows neither the
 * store nor the root. May be called from any context.
 */
public interface ServiceControl {

    /** The counts of this moment, flat. */
    JsonObject counts();

    /**
     * Hands in one command, as the event bus address does.
     *
     * @return its answer, with the status {@code accepted}, {@code ignored} or {@code refused}
     */
    Future<JsonObject> command(JsonObject message);

    /** Open deliveries in order of acceptance. */
    Future<List<Delivery>> deliveries(DeliveryFilter filter, int limit);

    /** Dead letters, newest first. */
    Future<List<DeadLetter>> deadLetters(DeadLetterFilter filter, int limit);

    /** Attempts that have ended, newest first. */
    Future<List<LoggedAttempt>> attempts(AttemptFilter filter, int limit);

    /** Makes dead letters pending again; returns how many. */
    Future<Long> replay(DeadLetterFilter filter);

    /** Deletes dead letters for good; returns how many. */
    Future<Long> purge(DeadLetterFilter filter);

    /** Where each endpoint stands, in the order of the configuration. */
    List<EndpointStatus> endpoints();

    /** Holds one endpoint back; where it stands then, empty where no enabled one has that name. */
    Optional<EndpointStatus> pauseEndpoint(String name);

    /** Lets one endpoint go on; where it stands then, empty where no enabled one has that name. */
    Optional<EndpointStatus> resumeEndpoint(String name);
}
