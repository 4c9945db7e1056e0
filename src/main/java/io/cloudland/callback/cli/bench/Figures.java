package io.cloudland.callback.cli.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one sender achieved and used while the counted events were sent.
 *
 * @param rssMegabytes resident memory at the end; 0 where the system does not tell
 */
record Figures(double perSecond, double cpuSecondsPer100k, double rssMegabytes) {

    /** The median of each figure by itself. */
    static Figures medians(List<Figures> rounds) {
        return new Figures(
                medianOf(rounds, Figures::perSecond),
                medianOf(rounds, Figures::cpuSecondsPer100k),
                medianOf(rounds, Figures::rssMegabytes));
    }

    private static double medianOf(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    /** The middle value, or the mean of the two in the middle; 0 of none. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length % 2 == 1) {
            return sorted[middle];
        }
        return sorted.length == 0 ? 0 : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double cpuSecondsPer100k(long cpuNanos, long deliveries) {
        return deliveries == 0 ? 0 : cpuNanos / 1e9 / deliveries * 100_000;
    }

    /** What so many in flight could deliver per second at most, when each answer takes so long. */
    static double possiblePerSecond(int inFlight, long answerMillis) {
        return inFlight * 1000.0 / answerMillis;
    }

    static double percent(double part, double whole) {
        return whole == 0 ? 0 : part / whole * 100;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("deliveries_per_s", perSecond)
                .put("cpu_s_per_100k", cpuSecondsPer100k)
                .put("rss_mb", rssMegabytes);
    }
}
