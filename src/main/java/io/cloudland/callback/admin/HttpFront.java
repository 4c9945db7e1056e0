package io.cloudland.callback.admin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hands requests of an HTTP server to the {@link Api} and writes its answers, whatever the server listens on. */
final class HttpFront {

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final Api api;

    HttpFront(Api api) {
        this.api = api;
    }

    void handle(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> append(body, chunk)).endHandler(end -> answer(request, body));
    }

    /** Keeps one byte more than is allowed, which shows that there was more. */
    private static void append(Buffer body, Buffer chunk) {
        int room = MAX_BODY_BYTES + 1 - body.length();
        body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        asked(request, body).onSuccess(answer -> write(request, answer));
    }

    private Future<Answer> asked(HttpServerRequest request, Buffer body) {
        if (body.length() > MAX_BODY_BYTES) {
            return Future.succeededFuture(
                    Answer.problem(413, "BODY_TOO_LONG", "a body may have " + MAX_BODY_BYTES + " bytes at most"));
        }
        Optional<Map<String, List<String>>> query = query(request);
        if (query.isEmpty()) {
            return Future.succeededFuture(Answer.invalid("the address is not encoded as addresses are"));
        }
        return api.answer(request.method().name(), String.valueOf(request.path()), query.get(), body.toString());
    }

    private static Optional<Map<String, List<String>>> query(HttpServerRequest request) {
        try {
            Map<String, List<String>> query = new TreeMap<>();
            request.params()
                    .names()
                    .forEach(name -> query.put(name, request.params().getAll(name)));
            return Optional.of(query);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void write(HttpServerRequest request, Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(answer.body().toBuffer());
    }
}
