package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What the ten endpoints of the isolation benchmark are like.
 *
 * @param answerMillis how long the healthy take to answer
 * @param parkAfter after so many failures in a row an endpoint is parked; 0: never
 * @param settleSeconds how long events are sent at the steady rate once the bad are bad, before any is counted
 * @param besideWell whether a round also has four more that are well
 */
record IsolationTerms(BenchLoad load, int answerMillis, int parkAfter, int settleSeconds, boolean besideWell) {

    String text() {
        return String.format(
                Locale.ROOT,
                "%s; before that %d s at this rate; the healthy answer after %d ms; %s; queue_size without bound",
                load.text(),
                settleSeconds,
                answerMillis,
                parkAfter == 0
                        ? "no endpoint is ever parked"
                        : String.format(Locale.ROOT, "parked after %d failures in a row", parkAfter));
    }

    JsonObject toJson() {
        return load.toJson()
                .put("answer_ms", answerMillis)
                .put("park_after_failures", parkAfter)
                .put("settle_seconds", settleSeconds)
                .put("beside_well", besideWell);
    }
}
