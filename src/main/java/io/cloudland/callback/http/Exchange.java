package io.cloudland.callback.http;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.model.AttemptOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request under way, from finding the route to the end of the answer.
 *
 * <p>Whatever happens first ends it: the answer, a failure, the deadline or our own stop. What happens after that is
 * ignored, and a connection that comes late is given back. A request that found a kept connection closed goes out once more,
 * at once. Confined to the sender's event loop.
 */
final class Exchange {

    /** Interim answers are few; whoever floods us with them will not answer. */
    private static final int MAX_INTERIM_ANSWERS = 64;

    private final ExchangeSetting setting;
    private final ExchangeRequest asked;
    private final long startedNanos;
    private final Promise<AttemptOutcome> outcome = Promise.promise();
    private final AnswerBody body = new AnswerBody();
    private @Nullable HttpClientRequest request;
    private boolean reused;
    private boolean repeated;
    private boolean legible;
    private int interims;
    private int status;
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean ended;

    private Exchange(ExchangeSetting setting, ExchangeRequest asked) {
        this.setting = setting;
        this.asked = asked;
        this.startedNanos = setting.underWay().nanoTime();
    }

    /** Starts an exchange; the deadline runs from here. */
    static Future<AttemptOutcome> start(ExchangeSetting setting, ExchangeRequest asked) {
        Exchange exchange = new Exchange(setting, asked);
        setting.underWay().add(exchange);
        exchange.connect();
        return exchange.outcome.future();
    }

    private void connect() {
        try {
            setting.routes().next().onComplete(this::routed, this::unconnected);
        } catch (RuntimeException defect) {
            fail(defect);
        }
    }

    private void routed(Route route) {
        if (route instanceof Route.Refused refused) {
            breakOff(new AttemptOutcome.Failed(refused.reason()));
        } else if (!ended && route instanceof Route.To to) {
            connectBy(to);
        }
    }

    private void connectBy(Route.To route) {
        try {
            setting.client()
                    .request(asked.by(route.request()))
                    .onComplete(request -> connected(route, request), failure -> unconnected(route, failure));
        } catch (RuntimeException defect) {
            fail(defect);
        }
    }

    private void unconnected(Route route, Throwable failure) {
        // A wait for a place in the pool that was too long is no fault of the address.
        if (failure instanceof SocketException) {
            setting.routes().couldNotConnect(route);
        }
        unconnected(failure);
    }

    private void unconnected(Throwable failure) {
        end(failure, FailureReason.Stage.CONNECTING);
    }

    private void connected(Route route, HttpClientRequest connected) {
        setting.routes().connected(route);
        connected(connected);
    }

    private void connected(HttpClientRequest connected) {
        request = connected;
        // Without a handler the client logs what we report as an outcome.
        connected.exceptionHandler(failure -> broken(connected, failure));
        if (ended) {
            connected.reset();
            return;
        }
        if (!asked.mayBeSent()) {
            breakOff(AttemptSender.NOT_SENT);
            return;
        }
        reused = !setting.fresh().use(connected.connection());
        connected.continueHandler(this::interim).earlyHintsHandler(hints -> interim(null));
        try {
            setting.target().authority().ifPresent(connected::authority);
            asked.send(connected)
                    .onComplete(answer -> answering(connected, answer), failure -> broken(connected, failure));
        } catch (RuntimeException defect) {
            fail(defect);
        }
    }

    private void interim(@Nullable Void again) {
        if (!ended && ++interims > MAX_INTERIM_ANSWERS) {
            breakOff(new AttemptOutcome.Failed(
                    "malformed answer: more than " + MAX_INTERIM_ANSWERS + " interim answers"));
        }
    }

    private void answering(HttpClientRequest sent, HttpClientResponse response) {
        response.exceptionHandler(failure -> broken(sent, failure));
        if (ended) {
            return;
        }
        status = response.statusCode();
        retryAfter = RetryAfter.of(response.getHeader("Retry-After"), response.getHeader("Date"), asked.startedAt());
        Optional<String> defect = AnswerHead.defect(status);
        if (defect.isPresent()) {
            breakOff(new AttemptOutcome.Failed(defect.get()));
            return;
        }
        asked.answering(response);
        if (AnswerHead.hasUnreadBody(response)) {
            breakOff(new AttemptOutcome.Answered(status, "", retryAfter));
            return;
        }
        legible = response.getHeader(HttpHeaders.CONTENT_ENCODING) == null;
        response.handler(this::take).endHandler(this::answered);
    }

    private void take(Buffer piece) {
        if (!ended && !body.add(piece)) {
            // The status decides; the rest of the body is not worth the traffic.
            breakOff(new AttemptOutcome.Answered(status, excerpt(), retryAfter));
        }
    }

    /** What is compressed stays so, and would be noise. */
    private String excerpt() {
        return legible ? body.excerpt() : "";
    }

    private void answered(Void end) {
        if (end()) {
            AttemptOutcome answer = new AttemptOutcome.Answered(status, excerpt(), retryAfter);
            // Told one turn later: the connection is back in the pool only after this handler has returned.
            setting.nextTurn().run(() -> outcome.complete(answer));
        }
    }

    private void broken(HttpClientRequest sent, Throwable failure) {
        if (ended || sent != request) {
            return;
        }
        if (reused && !repeated && status == 0 && interims == 0 && FailureReason.isClosed(failure)) {
            // The endpoint closed an idle connection just as we took it. Had it read the request all the same, it would
            // know the repeated one by its id.
            repeated = true;
            request = null;
            connect();
        } else {
            end(failure, status > 0 ? FailureReason.Stage.ANSWERING : FailureReason.Stage.SENT);
        }
    }

    private void end(Throwable failure, FailureReason.Stage stage) {
        if (end()) {
            outcome.complete(
                    FailureReason.isTimeout(failure)
                            ? new AttemptOutcome.TimedOut(setting.underWay().timeout())
                            : new AttemptOutcome.Failed(reason(failure, stage)));
        }
    }

    private String reason(Throwable failure, FailureReason.Stage stage) {
        return Optional.ofNullable(request)
                .flatMap(setting.routes()::whyBroken)
                .orElseGet(() -> FailureReason.of(failure, setting.target().host(), stage));
    }

    /** When the attempt started, by the monotonic clock. */
    long startedNanos() {
        return startedNanos;
    }

    /** Ends the attempt because its time is up. */
    void timeOut() {
        // Of HTTP/1.1 the connection ends with the attempt.
        if (!ended && request != null && request.version() == HttpVersion.HTTP_2) {
            setting.silent().ask(request.connection());
        }
        breakOff(new AttemptOutcome.TimedOut(setting.underWay().timeout()));
    }

    /** Ends the attempt where it stands and closes its connection, of HTTP/2 its stream. */
    void breakOff(AttemptOutcome result) {
        if (end()) {
            closeConnection();
            outcome.complete(result);
        }
    }

    private void fail(RuntimeException defect) {
        if (end()) {
            closeConnection();
            outcome.fail(CallbackException.of(defect, asked.describe()));
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        setting.underWay().remove(this);
        return true;
    }

    private void closeConnection() {
        if (request != null) {
            request.reset();
        }
    }
}
