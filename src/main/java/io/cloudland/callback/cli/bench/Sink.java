package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** The receiver of a benchmark: answers 200 after an optional delay and keeps account. Owned by one event loop. */
final class Sink {

    private final Vertx vertx;
    private final Context context;
    private final SinkAnswers answers;
    private final SinkOthers others;
    private SinkBooks books = new SinkBooks(List.of(SinkBooks.ONLY));
    private BenchClock clock = BenchClock.MONOTONIC;

    /**
     * @param others hear how they are and how fast they answer
     */
    Sink(Vertx vertx, SinkOthers others) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.answers = new SinkAnswers(vertx);
        this.others = others;
    }

    /** Listens on a free port of the loopback address and tells which. */
    Future<Integer> listen() {
        return SinkAnswers.listen(vertx, context, this::take);
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Objects.requireNonNull(books.at(request.path()), request.path())
                    .receive(
                            Objects.requireNonNullElse(request.getHeader("webhook-id"), ""),
                            ResourceIdScan.of(body.getBytes()),
                            sequenceOf(request),
                            body.length(),
                            clock.nanos());
            answers.answer(request.response());
        });
    }

    private static long sequenceOf(HttpServerRequest request) {
        String sequence = request.getHeader("CloudLand-Sequence");
        return sequence == null ? 0 : Long.parseLong(sequence);
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
        others.health(true);
        return new JsonObject();
    }

    private JsonObject reset(SinkBooks newBooks, BenchClock newClock) {
        books = newBooks;
        others.health(false);
        clock = newClock;
        return delay(0);
    }

    private JsonObject totals() {
        return books.totals().put("nanos", clock.nanos()).put("answer_ms", answers.meanMillis());
    }

    private JsonObject delay(long millis) {
        answers.delay(millis);
        others.delay(millis);
        return new JsonObject();
    }

    private JsonObject mark() {
        books.mark();
        return new JsonObject();
    }
}
