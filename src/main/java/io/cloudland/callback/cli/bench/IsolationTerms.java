package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;

/**
 * What the ten endpoints of the isolation benchmark are like.
 *
 * @param answerMillis how long the healthy take to answer
 * @param parkAfter after so many failures in a row an endpoint is parked; 0: never
 */
record IsolationTerms(BenchLoad load, int answerMillis, int parkAfter) {

    /** How many events are sent once the bad are bad, before any is counted: their code is warm then, too. */
    long settling() {
        return Math.max(1, load.count() / 2);
    }

    String text() {
        return "%s; the healthy answer after %d ms; %s; queue_size without bound"
                .formatted(
                        load.text(),
                        answerMillis,
                        parkAfter == 0
                                ? "no endpoint is ever parked"
                                : "parked after %d failures in a row".formatted(parkAfter));
    }

    JsonObject toJson() {
        return load.toJson().put("answer_ms", answerMillis).put("park_after_failures", parkAfter);
    }
}
