package io.cloudland.callback.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** The model as the API shows it: keys as in the events, times as RFC 3339 in UTC. Bodies only where one is asked for. Pure. */
final class Views {

    static final String PENDING = "pending";
    static final String WAITING_FOR_RETRY = "waiting_for_retry";

    private Views() {}

    static JsonObject delivery(Delivery delivery) {
        return event(delivery)
                .put("state", delivery.attemptsMade() == 0 ? PENDING : WAITING_FOR_RETRY)
                .put("attempts_made", delivery.attemptsMade())
                .put("next_attempt_at", time(delivery.notBefore()));
    }

    private static JsonObject event(Delivery delivery) {
        ResourceChangeEvent event = delivery.event();
        ResourceChange change = event.change();
        JsonObject json = new JsonObject().put("event_id", event.id().value()).put("endpoint", delivery.endpoint());
        putResource(json, event.resource());
        json.put("resource_uuid", change.uuid())
                .put("command", change.command())
                .put("action", change.action().wireName())
                .put("status", change.status());
        event.previousStatus().ifPresent(status -> json.put("previous_status", status));
        Coalesced others = delivery.coalesced();
        if (!others.isNothing()) {
            json.put("coalesced_count", others.count()).put("coalesced_from", others.from());
        }
        return json.put("sequence", event.sequence())
                .put("epoch", event.epoch())
                .put("occurred_at", time(change.occurredAt()))
                .put("recorded_at", time(event.recordedAt()));
    }

    private static void putResource(JsonObject json, ResourceRef resource) {
        json.put("resource", resource.toString())
                .put("resource_type", resource.type().wireName())
                .put("resource_id", resource.id());
    }

    static JsonObject deadLetter(DeadLetter letter) {
        return event(letter.delivery())
                .put("attempts_made", letter.delivery().attemptsMade())
                .put("last_attempt", attempt(letter.lastAttempt()))
                .put("died_at", time(letter.diedAt()))
                .put("reason", letter.reason());
    }

    /** With the times of its attempts and the body that the endpoint did not take. */
    static JsonObject wholeDeadLetter(DeadLetter letter) {
        Payload payload = letter.delivery().payload();
        return deadLetter(letter)
                .put(
                        "attempted_at",
                        new JsonArray(
                                letter.attemptedAt().stream().map(Views::time).toList()))
                .put("content_type", payload.contentType())
                .put("body", new String(payload.body(), UTF_8));
    }

    static JsonObject endpoint(EndpointStatus status) {
        JsonObject json = new JsonObject()
                .put("endpoint", status.name())
                .put("state", status.state().name().toLowerCase(Locale.ROOT));
        status.since().ifPresent(since -> json.put("since", time(since)));
        status.until().ifPresent(until -> json.put("until", time(until)));
        return json.put("why", status.why())
                .put("consecutive_failures", status.consecutiveFailures())
                .put("probes", status.probes());
    }

    static JsonObject attempt(LoggedAttempt logged) {
        JsonObject json = new JsonObject().put("event_id", logged.eventId()).put("endpoint", logged.endpoint());
        putResource(json, logged.resource());
        return json.put("sequence", logged.sequence())
                .mergeIn(attempt(logged.attempt()))
                .put("became", logged.became().name().toLowerCase(Locale.ROOT));
    }

    private static JsonObject attempt(Attempt attempt) {
        JsonObject json = new JsonObject()
                .put("number", attempt.number())
                .put("started_at", time(attempt.startedAt()))
                .put("took_ms", attempt.took().toMillis())
                .put("outcome", attempt.outcome().describe());
        if (attempt.outcome() instanceof AttemptOutcome.Answered answered) {
            json.put("http_status", answered.status()).put("excerpt", answered.excerpt());
        }
        return json;
    }

    private static String time(Instant time) {
        return time.toString();
    }
}
