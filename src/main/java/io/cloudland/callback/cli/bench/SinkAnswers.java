package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The sink's way of answering: 200, at once or after a delay, and measures how long that really took. Owned by one event loop. */
final class SinkAnswers {

    private static final Buffer ANSWER = Buffer.buffer("{\"received\":true}");

    private final Vertx vertx;
    private long delayMillis;
    private long answers;
    private long answerNanos;

    SinkAnswers(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Serves on a free port of the loopback address, by that context's loop, and tells the port. */
    static Future<Integer> listen(Vertx vertx, Context context, Handler<HttpServerRequest> handler) {
        Promise<Integer> port = Promise.promise();
        context.runOnContext(go -> vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .map(server -> server.actualPort())
                .onComplete(port));
        return port.future();
    }

    void answer(HttpServerResponse response) {
        if (delayMillis > 0) {
            long receivedNanos = System.nanoTime();
            vertx.setTimer(delayMillis, fired -> {
                answers++;
                answerNanos += System.nanoTime() - receivedNanos;
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

    /** Answers after so long from now on; 0 for at once. */
    void delay(long millis) {
        delayMillis = millis;
        answers = 0;
        answerNanos = 0;
    }

    /** How long an answer really took since the delay was set: that a timer fires late is the sink's doing. */
    double meanMillis() {
        return answers == 0 ? 0 : answerNanos / 1e6 / answers;
    }
}
