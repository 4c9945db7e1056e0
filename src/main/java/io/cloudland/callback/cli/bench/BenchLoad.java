package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * How much a benchmark of several rounds sends in each: as fast as it goes, then at a steady rate.
 *
 * @param count counted events of each run; each is owed to every endpoint
 * @param inFlight requests in flight to each endpoint
 */
record BenchLoad(int rounds, long count, int inFlight, int steadyPerSecond, int steadySeconds) {

    String text() {
        return String.format(
                Locale.ROOT,
                "%d rounds of %d counted events, %d in flight to an endpoint, then %d events/s for %d s",
                rounds,
                count,
                inFlight,
                steadyPerSecond,
                steadySeconds);
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
