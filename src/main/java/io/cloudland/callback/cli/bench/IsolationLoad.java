package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;

/**
 * How much the isolation benchmark sends.
 *
 * @param count counted events of each run; each is owed to every endpoint
 */
record IsolationLoad(int rounds, long count, int inFlight, int steadyPerSecond, int steadySeconds) {

    String text() {
        return "%d rounds of %d counted events to each endpoint, %d in flight, then %d events/s for %d s"
                .formatted(rounds, count, inFlight, steadyPerSecond, steadySeconds);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("rounds", rounds)
                .put("count", count)
                .put("in_flight", inFlight)
                .put("steady_per_s", steadyPerSecond)
                .put("steady_seconds", steadySeconds);
    }
}
