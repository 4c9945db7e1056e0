package io.cloudland.callback.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What the calls of the proxy's benchmark took, round by round. */
final class ProxyReport {

    /** What the proxy may add to the 99th percentile. */
    private static final double AIM_MILLIS = 2;

    private final List<Latency> alone = new ArrayList<>();
    private final List<Latency> beside = new ArrayList<>();
    private final List<Latency> through = new ArrayList<>();

    /** Direct calls of one round, when the service had nothing to do. */
    void alone(Latency direct) {
        alone.add(direct);
    }

    /** The calls of one round through the proxy, and direct ones at the same time. */
    void through(Latency directBeside, Latency proxied) {
        beside.add(directBeside);
        through.add(proxied);
    }

    String lastRound() {
        int last = through.size() - 1;
        return String.format(
                Locale.ROOT,
                "round %d   direct alone %s | beside %s | proxy %s",
                last + 1,
                text(alone.get(last)),
                text(beside.get(last)),
                text(through.get(last)));
    }

    private static String text(Latency latency) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f p99 %.2f p99.9 %.2f max %.1f",
                latency.p50Millis(),
                latency.p99Millis(),
                latency.p999Millis(),
                latency.maxMillis());
    }

    List<String> medians() {
        List<String> lines = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "medians of %d rounds, ms", through.size()),
                median("direct, the service idle", alone),
                median("direct, beside the proxied ones", beside),
                median("through the proxy", through),
                added("by the way through the proxy (against the direct ones beside)", beside),
                added("by all that the service does (against the direct ones alone)", alone)));
        if (median(alone, Latency::p99Millis) > AIM_MILLIS) {
            lines.add(
                    "the machine is too busy to judge that: calls that no proxy touched were late, too; measure while it is"
                            + " quiet");
        }
        return lines;
    }

    private static String median(String what, List<Latency> turns) {
        return String.format(
                Locale.ROOT,
                "  %-32s p50 %.2f p99 %.2f",
                what,
                median(turns, Latency::p50Millis),
                median(turns, Latency::p99Millis));
    }

    private static double median(List<Latency> turns, ToDoubleFunction<Latency> figure) {
        return Figures.median(turns.stream().mapToDouble(figure).toArray());
    }

    private String added(String by, List<Latency> direct) {
        double p99 = added(direct, Latency::p99Millis);
        return String.format(
                Locale.ROOT,
                "added %s: p50 %.2f p99 %.2f; the aim, under %.0f ms at p99: %s",
                by,
                added(direct, Latency::p50Millis),
                p99,
                AIM_MILLIS,
                p99 < AIM_MILLIS ? "reached" : "not reached");
    }

    /** The median of what each round added. */
    private double added(List<Latency> direct, ToDoubleFunction<Latency> figure) {
        return Figures.median(IntStream.range(0, through.size())
                .mapToDouble(i -> figure.applyAsDouble(through.get(i)) - figure.applyAsDouble(direct.get(i)))
                .toArray());
    }
}
