package io.cloudland.callback.http;

import io.cloudland.callback.model.Delivery;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Instant;

/** The request of one attempt: the event's body under its headers. */
record DeliveryRequest(RequestHeaders headers, Delivery delivery, int attemptNumber, Instant startedAt)
        implements ExchangeRequest {

    @Override
    public Future<HttpClientResponse> send(HttpClientRequest request) {
        headers.write(request.headers(), delivery, attemptNumber, startedAt);
        return request.send(Buffer.buffer(delivery.payload().body()));
    }

    @Override
    public String describe() {
        return "attempt " + attemptNumber + " of " + delivery;
    }
}
