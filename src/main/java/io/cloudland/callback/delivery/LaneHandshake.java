package io.cloudland.callback.delivery;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.http.HandshakeAnswer;
import io.cloudland.callback.model.HandshakeSettings;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One lane's part in asking its endpoint whether it wants to be sent events: of all lanes that would, the
 * {@link EndpointFlow} lets one. Confined to the lane's context.
 */
final class LaneHandshake {

    private final EndpointFlow flow;
    private final AttemptSender sender;
    private final Timers timers;
    private final TimeSource time;
    private Timers.@Nullable Cancellable timer;
    private boolean open;
    private boolean asking;

    LaneHandshake(EndpointFlow flow, AttemptSender sender, Timers timers, TimeSource time) {
        this.flow = flow;
        this.sender = sender;
        this.timers = timers;
        this.time = time;
    }

    void begin() {
        open = true;
        look();
    }

    /** Asks where it is time to, or comes back when it is. */
    void look() {
        cancel();
        if (!open) {
            return;
        }
        long wait = flow.handshakeWaitNanos();
        if (wait == 0) {
            flow.tryHandshake().ifPresent(this::ask);
        } else if (wait != FlowRules.UNTIL_TOLD) {
            timer = timers.schedule(Duration.ofNanos(wait), this::look);
        }
    }

    private void ask(HandshakeSettings asked) {
        asking = true;
        answer(asked).onComplete(this::answered);
    }

    private Future<HandshakeAnswer> answer(HandshakeSettings asked) {
        try {
            return sender.handshake(asked, time.now());
        } catch (RuntimeException | Error defect) {
            return Future.failedFuture(defect); // Else nobody would ask again.
        }
    }

    /** What was cut short by our own end is no refusal. */
    private void answered(AsyncResult<HandshakeAnswer> answer) {
        if (asking) {
            asking = false;
            flow.handshakeEnded(
                    answer.succeeded()
                            ? answer.result()
                            : new HandshakeAnswer.Refused(
                                    "internal error while asking: " + answer.cause(), Duration.ZERO));
        }
    }

    /** Asks no more; who comes after, or another lane that goes on, asks anew. */
    void close() {
        open = false;
        cancel();
        if (asking) {
            asking = false;
            flow.handshakeGivenUp();
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
