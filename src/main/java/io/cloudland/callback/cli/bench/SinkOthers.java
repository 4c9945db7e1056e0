package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * The endpoints of which no account is kept: well at first, they can fall ill.
 *
 * <p>They are other machines than those of which account is kept, so they have an event loop of their own: what their
 * illness costs the sink must not look like what it costs the service.
 */
final class SinkOthers {

    private final Vertx vertx;
    private final Context context;
    private final SinkAnswers answers;
    private boolean ill;

    SinkOthers(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.answers = new SinkAnswers(vertx);
    }

    /** Listens on a free port of the loopback address and tells which. */
    Future<Integer> listen() {
        return SinkAnswers.listen(vertx, context, this::take);
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (ill) {
                BadEndpoint.answer(vertx, request);
            } else {
                answers.answer(request.response());
            }
        });
    }

    /** From any thread: from now on they do what they are named for, or are well. */
    void health(boolean newIll) {
        context.runOnContext(go -> ill = newIll);
    }

    /** From any thread: how long they take to answer while they are well. */
    void delay(long millis) {
        context.runOnContext(go -> answers.delay(millis));
    }
}
