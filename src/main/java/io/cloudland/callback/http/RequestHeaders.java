package io.cloudland.callback.http;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.HandshakeSettings;
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
    private static final CharSequence COALESCED_COUNT = HttpHeaders.createOptimized("CloudLand-Coalesced-Count");
    private static final CharSequence COALESCED_FROM = HttpHeaders.createOptimized("CloudLand-Coalesced-From");
    private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-PS-API-Key");

    private static final CharSequence REQUEST_ORIGIN = HttpHeaders.createOptimized("WebHook-Request-Origin");
    private static final CharSequence REQUEST_RATE = HttpHeaders.createOptimized("WebHook-Request-Rate");

    private final @Nullable CharSequence apiKey;
    private final @Nullable CharSequence origin;
    private final SigningInForce signing;
    private final Map<CharSequence, CharSequence> custom = new LinkedHashMap<>();

    RequestHeaders(Endpoint endpoint, Supplier<List<SigningSecret>> secrets) {
        signing = new SigningInForce(secrets);
        apiKey = endpoint.apiKey()
                .map(secret -> HttpHeaders.createOptimized(secret.value()))
                .orElse(null);
        origin = endpoint.flow()
                .handshake()
                .map(asked -> HttpHeaders.createOptimized(asked.origin()))
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
        writeCommon(headers);
        delivery.payload().headers().forEach(headers::set);
        headers.set(HttpHeaders.CONTENT_TYPE, delivery.payload().contentType());
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
        if (!delivery.coalesced().isNothing()) {
            headers.set(COALESCED_COUNT, Long.toString(delivery.coalesced().count()));
            headers.set(COALESCED_FROM, Long.toString(delivery.coalesced().from()));
        }
    }

    /** Writes those of the question that comes before the first event; there is no body that could be signed. */
    void writeHandshake(MultiMap headers, HandshakeSettings asked) {
        writeCommon(headers);
        if (asked.perMinute() > 0) {
            headers.set(REQUEST_RATE, Long.toString(asked.perMinute()));
        }
    }

    private void writeCommon(MultiMap headers) {
        custom.forEach(headers::set); // First: none of them takes the place of one of ours.
        headers.set(HttpHeaders.USER_AGENT, AGENT);
        if (apiKey != null) {
            headers.set(API_KEY, apiKey);
        }
        if (origin != null) {
            // Which of the two belongs into a delivery changed from one edition of the specification to the next.
            headers.set(REQUEST_ORIGIN, origin);
            headers.set(HttpHeaders.ORIGIN, origin);
        }
    }
}
