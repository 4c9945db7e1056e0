package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.vertx.core.Future;
import java.time.Instant;

/** Makes one HTTP attempt for one endpoint. Confined to the verticle context that made it. */
public interface AttemptSender {

    /**
     * Sends a delivery once.
     *
     * @param attemptNumber 1 for the first try
     * @param startedAt the time that this attempt tells as its own
     * @return how it ended, within the endpoint's timeout; fails only on a defect of ours
     */
    Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt);

    /** Ends what is still under way and gives connections back. */
    Future<Void> close();
}
