package io.cloudland.callback.receiver;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/** Finds the handler of a request: 404 for an unknown path, 405 for a wrong method. */
final class Routes {

    private final EventIntake intake;
    private final TimeSource time;
    private final long startedNanos;
    private final Map<String, Map<String, Handler<HttpServerRequest>>> byPath;

    Routes(EventIntake intake, HandshakeReply handshake, TimeSource time) {
        this.intake = intake;
        this.time = time;
        this.startedNanos = time.nanoTime();
        this.byPath = Map.of(
                Receiver.EVENTS_PATH,
                Map.of("POST", intake::handle, "OPTIONS", handshake::handle),
                "/stats",
                Map.of("GET", this::stats),
                "/health",
                Map.of("GET", request -> Answers.json(request, 200, new JsonObject().put("status", "healthy"))),
                "/report",
                Map.of("GET", this::report),
                "/faults",
                Map.of("GET", this::showFaults, "PUT", this::putFaults, "DELETE", this::clearFaults),
                "/reset",
                Map.of("POST", this::reset));
    }

    void handle(HttpServerRequest request) {
        Map<String, Handler<HttpServerRequest>> byMethod = byPath.get(request.path());
        if (byMethod == null) {
            Answers.error(request, 404, "no such path; events go to POST " + Receiver.EVENTS_PATH);
            return;
        }
        Handler<HttpServerRequest> handler = byMethod.get(request.method().name());
        if (handler == null) {
            String allowed =
                    String.join(", ", byMethod.keySet().stream().sorted().toList());
            request.response().putHeader("Allow", allowed);
            Answers.error(request, 405, "this path takes " + allowed);
            return;
        }
        handler.handle(request);
    }

    private void stats(HttpServerRequest request) {
        Report report = intake.account().report();
        JsonObject stats = new JsonObject()
                .put("total_received", report.received())
                .put("total_success", report.unique() + report.duplicate())
                .put("total_failed", report.rejected())
                .put("uptime", Durations.uptime(Duration.ofNanos(time.nanoTime() - startedNanos)));
        if (intake.signatures().checks()) {
            SignatureCounts signatures = intake.signatures().counts();
            stats.put("signatures_valid", signatures.valid()).put("signatures_invalid", signatures.invalid());
        }
        Answers.json(request, 200, stats);
    }

    private void report(HttpServerRequest request) {
        Answers.json(request, 200, new JsonObject(intake.account().report().asMap()));
    }

    private void reset(HttpServerRequest request) {
        intake.account().reset();
        intake.signatures().reset();
        Answers.json(request, 200, new JsonObject().put("status", "success").put("message", "Account forgotten"));
    }

    private void showFaults(HttpServerRequest request) {
        Answers.json(request, 200, new JsonObject().put("faults", intake.faults()));
    }

    private void clearFaults(HttpServerRequest request) {
        intake.setFaults("");
        showFaults(request);
    }

    private void putFaults(HttpServerRequest request) {
        LimitedBody.read(request, body -> setFaults(request, body));
    }

    private void setFaults(HttpServerRequest request, Buffer body) {
        try {
            intake.setFaults(faultText(body.toString()));
            showFaults(request);
        } catch (CallbackException | DecodeException | ClassCastException wrong) {
            Answers.error(request, 400, String.valueOf(wrong.getMessage()));
        }
    }

    /** The body is the text itself, or {@code {"faults": "<text>"}}, which is what GET answers. */
    private static String faultText(String body) {
        return body.stripLeading().startsWith("{") ? new JsonObject(body).getString("faults", "") : body;
    }
}
