package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;

/**
 * How much the throughput benchmark sends.
 *
 * @param count counted deliveries of each sender in each round
 */
record ThroughputLoad(int rounds, long count, int inFlight, int steadyPerSecond, int steadySeconds) {

    String text() {
        return "%d rounds (bare, then service) of %d counted deliveries, %d in flight, then %d/s for %d s"
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
