package io.cloudland.callback.http;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.SigningSecret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the headers of an attempt: what identifies the event, its place in the resource's history, and the try. */
final class RequestHeaders {

    private static final CharSequence AGENT = HttpHeaders.createOptimized("CloudLand-Callback/1.0");
    private static final CharSequence WEBHOOK_ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence WEBHOOK_TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    private static final CharSequence WEBHOOK_SIGNATURE = HttpHeaders.createOptimized("webhook-signature");
    private static final CharSequence SEQUENCE = HttpHeaders.createOptimized("CloudLand-Sequence");
    private static final CharSequence EPOCH = HttpHeaders.createOptimized("CloudLand-Epoch");
    private static final CharSequence ATTEMPT = HttpHeaders.createOptimized("CloudLand-Attempt");
    private static final CharSequence RECORDED_AT = HttpHeaders.createOptimized("CloudLand-Recorded-At");
    private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-PS-API-Key");

    private final @Nullable CharSequence apiKey;
    private final SigningInForce signing;
    private final Map<CharSequence, CharSequence> custom = new LinkedHashMap<>();

    RequestHeaders(Endpoint endpoint, Supplier<List<SigningSecret>> secrets) {
        signing = new SigningInForce(secrets);
        apiKey = endpoint.apiKey()
                .map(secret -> HttpHeaders.createOptimized(secret.value()))
                .orElse(null);
        endpoint.headers()
                .forEach((name, value) ->
                        custom.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value.value())));
    }

    /**
     * Writes them into a new request.
     *
     * @param startedAt when this attempt started, which is not when the event happened
     */
    void write(MultiMap headers, Delivery delivery, int attemptNumber, Instant startedAt) {
        ResourceChangeEvent event = delivery.event();
        custom.forEach(headers::set); // First: none of them takes the place of one of ours.
        delivery.payload().headers().forEach(headers::set);
        headers.set(HttpHeaders.CONTENT_TYPE, delivery.payload().contentType());
        headers.set(HttpHeaders.USER_AGENT, AGENT);
        headers.set(WEBHOOK_ID, event.id().value());
        headers.set(WEBHOOK_TIMESTAMP, Long.toString(startedAt.getEpochSecond()));
        String signature = signing.sign(delivery, startedAt);
        if (!signature.isEmpty()) {
            headers.set(WEBHOOK_SIGNATURE, signature);
        }
        headers.set(SEQUENCE, Long.toString(event.sequence()));
        headers.set(EPOCH, event.epoch());
        headers.set(ATTEMPT, Integer.toString(attemptNumber));
        headers.set(RECORDED_AT, InstantText.of(event.recordedAt()));
        if (apiKey != null) {
            headers.set(API_KEY, apiKey);
        }
    }
}
