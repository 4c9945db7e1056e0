package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Exact percentiles of a set of latencies: all of them are kept and sorted, nothing is put into buckets.
 *
 * @param count how many latencies there were; where it is 0 the others are 0 and mean nothing
 */
record Latency(int count, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {

    /** Of the latencies of several rounds together. */
    static Latency of(List<long[]> roundsOfNanos) {
        long[] sorted =
                roundsOfNanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Latency(
                sorted.length,
                millis(percentile(sorted, 500)),
                millis(percentile(sorted, 990)),
                millis(percentile(sorted, 999)),
                millis(LongStream.of(sorted).max().orElse(0)));
    }

    /** The smallest value that {@code perMille} of every thousand values do not exceed; 0 where there is none. */
    static long percentile(long[] sorted, int perMille) {
        if (sorted.length == 0) {
            return 0;
        }
        // In whole numbers: 99.9 % of 1000 is 999, which floating point makes a little more.
        long rank = ((long) sorted.length * perMille + 999) / 1000;
        return sorted[(int) Math.max(1, rank) - 1];
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("count", count)
                .put("p50_ms", p50Millis)
                .put("p99_ms", p99Millis)
                .put("p99_9_ms", p999Millis)
                .put("max_ms", maxMillis);
    }
}
