package io.cloudland.callback.receiver;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;

/** Answers an event with faults. Runs on the event loop of its connection. */
final class FaultInjector {

    private final Vertx vertx;

    FaultInjector(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Lets the faults strike in their order. */
    void strike(HttpServerRequest request, List<Fault> faults, FaultOutcome outcome) {
        if (faults.isEmpty()) {
            outcome.take(200);
        } else if (faults.get(0) instanceof Fault.Delay delay) {
            List<Fault> rest = faults.subList(1, faults.size());
            after(delay.pause(), () -> strike(request, rest, outcome));
        } else {
            decide(request, faults.get(0), outcome);
        }
    }

    private void after(Duration pause, Runnable action) {
        vertx.setTimer(Math.max(1, pause.toMillis()), fired -> action.run());
    }

    private void decide(HttpServerRequest request, Fault fault, FaultOutcome outcome) {
        if (fault instanceof Fault.Status status && status.code() < 300) {
            outcome.take(status.code());
            return;
        }
        outcome.reject(fault);
        if (!request.response().closed()) {
            answer(request, fault);
        }
    }

    private void answer(HttpServerRequest request, Fault fault) {
        HttpServerResponse response = request.response();
        if (fault instanceof Fault.Status status) {
            status(request, status.code());
        } else if (fault instanceof Fault.Redirect redirect) {
            response.setStatusCode(303)
                    .putHeader("Location", redirect.location())
                    .end();
        } else if (fault instanceof Fault.Drip drip) {
            drip(response, drip);
        } else if (fault instanceof Fault.Reset) {
            response.reset();
        } else if (fault instanceof Fault.Garbage) {
            garbage(request);
        }
    }

    private static void status(HttpServerRequest request, int code) {
        if (code == 304) {
            request.response().setStatusCode(code).end();
        } else {
            Answers.error(request, code, "fault status=" + code);
        }
    }

    private void drip(HttpServerResponse response, Fault.Drip drip) {
        Buffer drop = Buffer.buffer(".".repeat(drip.bytes()));
        response.setChunked(true);
        response.write(drop);
        long timer = vertx.setPeriodic(Math.max(1, drip.every().toMillis()), tick -> response.write(drop));
        response.closeHandler(closed -> vertx.cancelTimer(timer));
        response.exceptionHandler(broken -> vertx.cancelTimer(timer));
    }

    /** A length that is no number: no HTTP client can tell where such an answer ends. */
    private static void garbage(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.setStatusMessage("\u00a7\u00a7\u00a7 not HTTP").putHeader("Content-Length", "garbage");
        response.end("\u0000\u0001\u0002 garbage")
                .onComplete(sent -> request.connection().close());
    }
}
