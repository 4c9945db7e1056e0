package io.cloudland.callback.http;

import io.cloudland.callback.model.Delivery;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The request of one attempt: the event's body under its headers.
 *
 * @param mayStart whether this node may still send it
 */
record DeliveryRequest(
        RequestHeaders headers, Delivery delivery, int attemptNumber, Instant startedAt, BooleanSupplier mayStart)
        implements ExchangeRequest {

    @Override
    public boolean mayBeSent() {
        return mayStart.getAsBoolean();
    }

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
