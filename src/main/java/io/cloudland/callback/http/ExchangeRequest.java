package io.cloudland.callback.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;

/** What one exchange asks of an endpoint. Confined to the sender's event loop. */
interface ExchangeRequest {

    /** When it starts, as it tells itself. */
    Instant startedAt();

    /** The same route, asked for as this request needs it. */
    default RequestOptions by(RequestOptions route) {
        return route;
    }

    /** Whether it may still go out, asked when it has a connection: to find one may take as long as the whole attempt. */
    default boolean mayBeSent() {
        return true;
    }

    /** Writes headers and body, and sends; a second time where a kept connection turned out to be closed. */
    Future<HttpClientResponse> send(HttpClientRequest request);

    /** The head of the answer is there. */
    default void answering(HttpClientResponse head) {}

    /** Names it in a message about a defect of ours. */
    String describe();
}
