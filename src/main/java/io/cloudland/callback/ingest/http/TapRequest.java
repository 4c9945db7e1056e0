package io.cloudland.callback.ingest.http;

import io.cloudland.callback.time.Timers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to the tap: its body comes in within limits of bytes and time, and it is answered once, whatever happens. Confined
 * to the tap's event loop.
 */
final class TapRequest {

    /** How long a client may take to read an answer that came before its request had ended. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final String JSON = "application/json";

    private final HttpServerRequest request;
    private final TapSettings settings;
    private final CopyBudget budget;
    private final Timers timers;
    private final Buffer body = Buffer.buffer();
    private boolean answered;
    private boolean complete;
    private long held;

    TapRequest(HttpServerRequest request, TapSettings settings, CopyBudget budget, Timers timers) {
        this.request = request;
        this.settings = settings;
        this.budget = budget;
        this.timers = timers;
    }

    HttpServerRequest request() {
        return request;
    }

    /** Reads the body; {@code whole} hears it when it is there, unless the request was answered before. */
    void read(BiConsumer<TapRequest, Buffer> whole) {
        Timers.Cancellable limit = timers.schedule(
                settings.requestTimeout(),
                () -> refuse(
                        408,
                        "the request did not come in within "
                                + settings.requestTimeout().toSeconds() + " s",
                        true));
        request.exceptionHandler(broken -> {
            limit.cancel();
            answered = true;
            release();
        });
        request.handler(this::piece);
        request.endHandler(end -> {
            limit.cancel();
            complete = true;
            if (!answered) {
                whole.accept(this, body);
            }
        });
        if (!answered && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /** Refuses a body that says itself that it is too long, before it is sent. */
    boolean refusesLength() {
        String length = request.getHeader("Content-Length");
        if (length != null && (!length.matches("[0-9]{1,18}") || Long.parseLong(length) > settings.maxBodyBytes())) {
            tooLong();
            return true;
        }
        return false;
    }

    private void piece(Buffer piece) {
        if (answered) {
            return;
        }
        if (body.length() + piece.length() > settings.maxBodyBytes()) {
            tooLong();
        } else if (!budget.take(piece.length())) {
            backOff("too many requests are under way");
        } else {
            held += piece.length();
            body.appendBuffer(piece);
        }
    }

    private void tooLong() {
        refuse(413, "a body may have " + settings.maxBodyBytes() + " bytes at most (max_body_bytes)", false);
    }

    void backOff(String why) {
        if (!answered) {
            request.response().putHeader("Retry-After", "1");
        }
        refuse(429, why + "; send it again later", true);
    }

    void refuse(int status, String reason, boolean retry) {
        answer(status, TapAnswers.problem(reason, retry));
    }

    void answer(int status, JsonObject answer) {
        answer(status, JSON, answer.toBuffer(), null);
    }

    void answer(int status, String contentType, Buffer answer, @Nullable String retryAfter) {
        release();
        if (answered) {
            return;
        }
        answered = true;
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", contentType).putHeader("Cache-Control", "no-store");
        if (retryAfter != null) {
            response.putHeader("Retry-After", retryAfter);
        }
        if (!complete) {
            response.putHeader("Connection", "close");
            timers.schedule(LINGER, () -> request.connection().close());
        }
        response.end(answer);
    }

    private void release() {
        budget.giveBack(held);
        held = 0;
    }
}
