package io.cloudland.callback.receiver;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Gathers a request's body up to 1 MiB. A longer one is answered 413 at once and its rest is thrown away unkept. */
final class LimitedBody {

    static final int MAX_BYTES = 1024 * 1024;

    private final HttpServerRequest request;
    private final Handler<Buffer> whole;
    private final Runnable refused;
    private @Nullable Buffer gathered;
    private boolean ownsGathered;
    private boolean tooLong;

    private LimitedBody(HttpServerRequest request, Handler<Buffer> whole, Runnable refused) {
        this.request = request;
        this.whole = whole;
        this.refused = refused;
    }

    static void read(HttpServerRequest request, Handler<Buffer> whole) {
        read(request, whole, () -> {});
    }

    /** Must be called while the request is being handled first; {@code refused} runs when the body is too long. */
    static void read(HttpServerRequest request, Handler<Buffer> whole, Runnable refused) {
        LimitedBody body = new LimitedBody(request, whole, refused);
        request.handler(body::add).endHandler(end -> body.end());
    }

    private void add(Buffer chunk) {
        if (tooLong) {
            return;
        }
        int length = (gathered == null ? 0 : gathered.length()) + chunk.length();
        if (length > MAX_BYTES) {
            refuse();
        } else if (gathered == null) {
            gathered = chunk; // Nearly every body comes in one piece.
        } else {
            append(gathered, chunk);
        }
    }

    private void append(Buffer before, Buffer chunk) {
        gathered = (ownsGathered ? before : Buffer.buffer().appendBuffer(before)).appendBuffer(chunk);
        ownsGathered = true;
    }

    private void refuse() {
        tooLong = true;
        gathered = null;
        refused.run();
        Answers.error(request, 413, "a body may have " + MAX_BYTES + " bytes at most");
    }

    private void end() {
        if (!tooLong) {
            whole.handle(gathered == null ? Buffer.buffer() : gathered);
        }
    }
}
