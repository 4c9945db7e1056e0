package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** An attempt as JSON. How long the endpoint asked us to wait is not kept. */
final class AttemptJson {

    private AttemptJson() {}

    static String encode(Attempt attempt) {
        JsonObject json = new JsonObject()
                .put("number", attempt.number())
                .put("started_at", attempt.startedAt().toString())
                .put("took_nanos", attempt.took().toNanos());
        put(json, attempt.outcome());
        return json.encode();
    }

    private static void put(JsonObject json, AttemptOutcome outcome) {
        if (outcome instanceof AttemptOutcome.Answered answered) {
            json.put("status", answered.status()).put("excerpt", answered.excerpt());
        } else if (outcome instanceof AttemptOutcome.TimedOut timedOut) {
            json.put("deadline_nanos", timedOut.deadline().toNanos());
        } else if (outcome instanceof AttemptOutcome.Failed failed) {
            json.put("failure", failed.reason());
        }
    }

    static Attempt decode(JsonObject json) {
        return new Attempt(
                json.getInteger("number"),
                Instant.parse(json.getString("started_at")),
                Duration.ofNanos(json.getLong("took_nanos")),
                outcome(json));
    }

    private static AttemptOutcome outcome(JsonObject json) {
        if (json.containsKey("status")) {
            return new AttemptOutcome.Answered(json.getInteger("status"), json.getString("excerpt"));
        }
        return json.containsKey("deadline_nanos")
                ? new AttemptOutcome.TimedOut(Duration.ofNanos(json.getLong("deadline_nanos")))
                : new AttemptOutcome.Failed(json.getString("failure"));
    }
}
