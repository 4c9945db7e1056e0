package io.cloudland.callback.http;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.HandshakeSettings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The question of the CloudEvents web-hook handshake, and what its answer means. */
final class HandshakeRequest implements ExchangeRequest {

    private final RequestHeaders headers;
    private final HandshakeSettings asked;
    private final Instant startedAt;
    private @Nullable String allowedOrigin;
    private @Nullable String allowedRate;

    HandshakeRequest(RequestHeaders headers, HandshakeSettings asked, Instant startedAt) {
        this.headers = headers;
        this.asked = asked;
        this.startedAt = startedAt;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public RequestOptions by(RequestOptions route) {
        return new RequestOptions(route).setMethod(HttpMethod.OPTIONS);
    }

    @Override
    public Future<HttpClientResponse> send(HttpClientRequest request) {
        headers.writeHandshake(request.headers(), asked);
        return request.send();
    }

    @Override
    public void answering(HttpClientResponse head) {
        allowedOrigin = head.getHeader("WebHook-Allowed-Origin");
        allowedRate = head.getHeader("WebHook-Allowed-Rate");
    }

    /** What became of it, once its exchange has ended. */
    HandshakeAnswer judge(AttemptOutcome outcome) {
        return HandshakeVerdict.of(
                outcome, asked.origin(), outcome instanceof Answered ? allowedOrigin : null, allowedRate);
    }

    @Override
    public String describe() {
        return "the handshake";
    }
}
