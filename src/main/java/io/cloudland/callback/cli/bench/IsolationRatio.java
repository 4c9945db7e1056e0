package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What company costs: the figures with it as a share of those without; 1 is no difference, less is a cost. Pure.
 *
 * @param throughput the median of the rounds' ratios
 * @param p99 of the latencies of all rounds together: some seconds of every run hold most of its slow events, so one round by
 *     itself tells little
 * @param p99OfRounds the same of each round by itself, in their order, for how far they differ
 */
record IsolationRatio(double throughput, double p99, List<Double> p99OfRounds) {

    static final double AIM = 0.95;

    /** Rounds are paired by their place in the lists. */
    static IsolationRatio of(List<Round> with, List<Round> without) {
        double[] throughputs = IntStream.range(0, with.size())
                .mapToDouble(round -> with.get(round).figures().perSecond()
                        / without.get(round).figures().perSecond())
                .toArray();
        List<Double> p99s = IntStream.range(0, with.size())
                .mapToObj(round ->
                        without.get(round).steadyP99Millis() / with.get(round).steadyP99Millis())
                .toList();
        return new IsolationRatio(Figures.median(throughputs), p99Millis(without) / p99Millis(with), p99s);
    }

    private static double p99Millis(List<Round> rounds) {
        return Latency.of(rounds.stream().map(Round::steady).toList()).p99Millis();
    }

    boolean isReached() {
        return Math.min(throughput, p99) >= AIM;
    }

    String text() {
        List<String> rounds = p99OfRounds.stream()
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .toList();
        return String.format(
                Locale.ROOT,
                "throughput %.2f, p99 %.2f (by round %s); aim >= %.2f: %s",
                throughput,
                p99,
                String.join(", ", rounds),
                AIM,
                isReached() ? "reached" : "NOT reached");
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("throughput", throughput)
                .put("p99", p99)
                .put("p99_of_rounds", new JsonArray(p99OfRounds));
    }
}
