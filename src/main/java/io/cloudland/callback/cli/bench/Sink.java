package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** The receiver of a benchmark: answers 200 after an optional delay and keeps account. Owned by one event loop. */
final class Sink {

    private static final Buffer ANSWER = Buffer.buffer("{\"received\":true}");

    private final Vertx vertx;
    private final Context context;
    private SinkBooks books = new SinkBooks(List.of(SinkBooks.ONLY));
    private BenchClock clock = BenchClock.MONOTONIC;
    private boolean othersAreIll;
    private long delayMillis;
    private long answers;
    private long answerNanos;

    Sink(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /** Listens on a free port of the loopback address and tells which. */
    Future<Integer> listen() {
        Promise<Integer> port = Promise.promise();
        context.runOnContext(go -> vertx.createHttpServer()
                .requestHandler(this::take)
                .listen(0, "127.0.0.1")
                .map(server -> server.actualPort())
                .onComplete(port));
        return port.future();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            SinkLedger ledger = books.at(request.path());
            if (ledger == null) {
                takeAtOther(request);
                return;
            }
            ledger.receive(
                    Objects.requireNonNullElse(request.getHeader("webhook-id"), ""),
                    ResourceIdScan.of(body.getBytes()),
                    sequenceOf(request),
                    body.length(),
                    clock.nanos());
            answer(request.response());
        });
    }

    /** An endpoint of which no account is kept. */
    private void takeAtOther(HttpServerRequest request) {
        if (othersAreIll) {
            BadEndpoint.answer(vertx, request);
        } else {
            answer(request.response());
        }
    }

    private static long sequenceOf(HttpServerRequest request) {
        String sequence = request.getHeader("CloudLand-Sequence");
        return sequence == null ? 0 : Long.parseLong(sequence);
    }

    private void answer(HttpServerResponse response) {
        if (delayMillis > 0) {
            long receivedNanos = clock.nanos();
            vertx.setTimer(delayMillis, fired -> {
                answers++;
                answerNanos += clock.nanos() - receivedNanos;
                end(response);
            });
        } else {
            end(response);
        }
    }

    private static void end(HttpServerResponse response) {
        if (!response.closed()) {
            response.putHeader("content-type", "application/json").end(ANSWER);
        }
    }

    /** Does what the orchestrator asks for. */
    Future<JsonObject> ask(JsonObject ask) {
        Promise<JsonObject> answer = Promise.promise();
        context.runOnContext(go -> answer.complete(perform(ask)));
        return answer.future();
    }

    private JsonObject perform(JsonObject ask) {
        return switch (ask.getString("op")) {
            case "ping" -> new JsonObject().put("nanos", BenchClock.MONOTONIC.nanos());
            case "reset" -> reset(SinkBooks.ofJson(ask), BenchClock.valueOf(ask.getString("clock")));
            case "delay" -> delay(ask.getLong("millis"));
            case "mark" -> mark();
            case "ill" -> fallIll();
            case "window" -> books.windows();
            default -> totals();
        };
    }

    private JsonObject fallIll() {
        othersAreIll = true;
        return new JsonObject();
    }

    private JsonObject reset(SinkBooks newBooks, BenchClock newClock) {
        books = newBooks;
        othersAreIll = false;
        clock = newClock;
        return delay(0);
    }

    private JsonObject totals() {
        // How late the timer really fires is the sink's doing, not the sender's: it is told beside the figure.
        double answerMillis = answers == 0 ? 0 : answerNanos / 1e6 / answers;
        return books.totals().put("nanos", clock.nanos()).put("answer_ms", answerMillis);
    }

    private JsonObject delay(long millis) {
        delayMillis = millis;
        answers = 0;
        answerNanos = 0;
        return new JsonObject();
    }

    private JsonObject mark() {
        books.mark();
        return new JsonObject();
    }
}
