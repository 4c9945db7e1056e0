package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IsolationRatioTest {

    /** A round whose slowest of a hundred took so long, and all others 1 ms. */
    private static Round round(double perSecond, long... slowestMillis) {
        long[] nanos = LongStream.concat(
                        LongStream.range(0, 100L * slowestMillis.length - 2L * slowestMillis.length)
                                .map(any -> 1_000_000),
                        LongStream.of(slowestMillis)
                                .flatMap(millis -> LongStream.of(millis * 1_000_000, millis * 1_000_000)))
                .sorted()
                .toArray();
        return new Round(new Figures(perSecond, 1, 1), new long[0], nanos, Audit.NOTHING, 0, 0);
    }

    @Test
    void the_throughput_is_the_median_of_the_rounds_and_less_than_one_is_a_cost() {
        List<Round> without = List.of(round(100, 4), round(100, 4), round(100, 4));
        List<Round> with = List.of(round(90, 4), round(98, 4), round(200, 4));
        assertThat(IsolationRatio.of(with, without).throughput()).isEqualTo(0.98);
    }

    @Test
    void the_p99_is_that_of_all_rounds_together_and_each_round_is_told() {
        List<Round> without = List.of(round(100, 8), round(100, 8), round(100, 2));
        List<Round> with = List.of(round(100, 4), round(100, 16), round(100, 4));
        IsolationRatio ratio = IsolationRatio.of(with, without);
        assertThat(ratio.p99OfRounds()).containsExactly(2.0, 0.5, 0.5);
        assertThat(ratio.p99()).as("8 ms without, 4 ms with").isEqualTo(2.0);
        assertThat(ratio.text())
                .isEqualTo("throughput 1.00, p99 2.00 (by round 2.00, 0.50, 0.50); aim >= 0.95: reached");
    }

    @Test
    void the_aim_is_missed_where_either_of_the_two_is_below_it() {
        assertThat(new IsolationRatio(0.95, 0.95, List.of()).isReached()).isTrue();
        assertThat(new IsolationRatio(0.949, 1.2, List.of()).isReached()).isFalse();
        assertThat(new IsolationRatio(1.2, 0.949, List.of()).isReached()).isFalse();
        assertThat(new IsolationRatio(1.2, 0.949, List.of()).text()).endsWith(": NOT reached");
    }
}
