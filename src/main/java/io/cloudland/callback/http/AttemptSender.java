package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.HandshakeSettings;
import io.vertx.core.Future;
import java.time.Instant;

/** Makes HTTP attempts for one endpoint. Confined to the verticle context that made it. */
public interface AttemptSender {

    /** The outcome of an attempt that found a connection when this node might not send any more, and was not sent. */
    AttemptOutcome NOT_SENT =
            new AttemptOutcome.Failed("not sent: by the time it was connected another node may have taken over");

    /**
     * Sends a delivery once.
     *
     * @param attemptNumber 1 for the first try
     * @param startedAt the time that this attempt tells as its own
     * @return how it ended, within the endpoint's timeout; fails only on a defect of ours
     */
    Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt);

    /**
     * Asks the endpoint whether it wants to be sent events, as the CloudEvents web-hook specification has it.
     *
     * @param startedAt the time of asking
     * @return what it answered, within the endpoint's timeout; fails on a defect of ours, and where this sender cannot ask
     */
    default Future<HandshakeAnswer> handshake(HandshakeSettings asked, Instant startedAt) {
        return Future.failedFuture(new UnsupportedOperationException("this sender knows no handshake"));
    }

    /** Ends what is still under way and gives connections back. */
    Future<Void> close();
}
