package io.cloudland.callback.receiver;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Answers whoever asks, by the CloudEvents web-hook handshake, whether events are wanted here. Any thread. */
final class HandshakeReply {

    private final AtomicLong asked = new AtomicLong();
    private volatile Optional<String> allowedRate;

    /**
     * @param allowedRate how many requests a minute, {@code *} for any number; empty to refuse
     */
    HandshakeReply(Optional<String> allowedRate) {
        this.allowedRate = allowedRate;
    }

    void allow(Optional<String> newRate) {
        allowedRate = newRate;
    }

    long asked() {
        return asked.get();
    }

    void handle(HttpServerRequest request) {
        asked.incrementAndGet();
        HttpServerResponse response = request.response().putHeader("Allow", "OPTIONS, POST");
        Optional<String> rate = allowedRate;
        String origin = request.getHeader("WebHook-Request-Origin");
        if (rate.isEmpty() || origin == null) {
            Answers.error(request, 403, origin == null ? "WebHook-Request-Origin is missing" : "no events are wanted");
            return;
        }
        response.putHeader("WebHook-Allowed-Origin", origin).putHeader("WebHook-Allowed-Rate", rate.get());
        Answers.json(request, 200, new JsonObject().put("status", "success").put("message", "Events are wanted"));
    }
}
