package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt under way, from asking for a connection to the end of the answer.
 *
 * <p>Whatever happens first ends it: the answer, a failure, the deadline or our own stop. What happens after that is
 * ignored, and a connection that comes late is given back. Confined to the sender's event loop.
 */
final class Exchange {

    /**
     * What the attempts of one sender share.
     *
     * @param underWay every attempt that has not ended
     */
    record Setting(
            Context context,
            HttpClient client,
            Target target,
            RequestOptions request,
            RequestHeaders headers,
            Duration timeout,
            Timers timers,
            Set<Exchange> underWay) {}

    private final Setting setting;
    private final Delivery delivery;
    private final int attemptNumber;
    private final Instant startedAt;
    private final Timers.Cancellable deadline;
    private final Promise<AttemptOutcome> outcome = Promise.promise();
    private final AnswerBody body = new AnswerBody();
    private @Nullable HttpClientRequest request;
    private int status;
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean ended;

    private Exchange(Setting setting, Delivery delivery, int attemptNumber, Instant startedAt) {
        this.setting = setting;
        this.delivery = delivery;
        this.attemptNumber = attemptNumber;
        this.startedAt = startedAt;
        this.deadline = setting.timers().schedule(setting.timeout(), this::timeOut);
    }

    /** Starts an attempt; the deadline runs from here. */
    static Future<AttemptOutcome> start(Setting setting, Delivery delivery, int attemptNumber, Instant startedAt) {
        Exchange exchange = new Exchange(setting, delivery, attemptNumber, startedAt);
        setting.underWay().add(exchange);
        exchange.connect();
        return exchange.outcome.future();
    }

    private void connect() {
        try {
            setting.client().request(setting.request()).onComplete(this::connected, this::broken);
        } catch (RuntimeException defect) {
            fail(defect);
        }
    }

    private void connected(HttpClientRequest connected) {
        request = connected;
        // Without a handler the client logs what we report as an outcome.
        connected.exceptionHandler(this::broken);
        if (ended) {
            connected.reset();
            return;
        }
        try {
            setting.headers().write(connected.headers(), delivery, attemptNumber, startedAt);
            connected.send(Buffer.buffer(delivery.payload().body())).onComplete(this::answering, this::broken);
        } catch (RuntimeException defect) {
            fail(defect);
        }
    }

    private void answering(HttpClientResponse response) {
        response.exceptionHandler(this::broken);
        if (ended) {
            return;
        }
        status = response.statusCode();
        retryAfter = RetryAfter.of(response.getHeader("Retry-After"), response.getHeader("Date"), startedAt);
        if (status < 200) {
            // The final answer would follow, and be taken for that of the connection's next request.
            breakOff(new AttemptOutcome.Failed("malformed answer: unexpected interim status " + status));
            return;
        }
        response.handler(this::take).endHandler(this::answered);
    }

    private void take(Buffer piece) {
        if (!ended && !body.add(piece)) {
            // The status decides; the rest of the body is not worth the traffic.
            breakOff(new AttemptOutcome.Answered(status, body.excerpt(), retryAfter));
        }
    }

    private void answered(Void end) {
        if (end()) {
            AttemptOutcome answer = new AttemptOutcome.Answered(status, body.excerpt(), retryAfter);
            // Told one turn later: the connection is back in the pool only after this handler has returned.
            setting.context().runOnContext(turn -> outcome.complete(answer));
        }
    }

    private void broken(Throwable failure) {
        if (end()) {
            outcome.complete(
                    FailureReason.isTimeout(failure)
                            ? new AttemptOutcome.TimedOut(setting.timeout())
                            : new AttemptOutcome.Failed(
                                    FailureReason.of(failure, setting.target().host(), status > 0)));
        }
    }

    private void timeOut() {
        breakOff(new AttemptOutcome.TimedOut(setting.timeout()));
    }

    /** Ends the attempt where it stands and closes its connection. */
    void breakOff(AttemptOutcome result) {
        if (end()) {
            closeConnection();
            outcome.complete(result);
        }
    }

    private void fail(RuntimeException defect) {
        if (end()) {
            closeConnection();
            outcome.fail(CallbackException.of(defect, "attempt " + attemptNumber + " of " + delivery));
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        deadline.cancel();
        setting.underWay().remove(this);
        return true;
    }

    private void closeConnection() {
        if (request != null) {
            request.reset();
        }
    }
}
