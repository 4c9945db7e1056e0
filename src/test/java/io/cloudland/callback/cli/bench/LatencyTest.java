package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

    @Test
    void a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() {
        long[] oneToThousand = LongStream.rangeClosed(1, 1000).toArray();
        assertThat(Latency.percentile(oneToThousand, 500)).isEqualTo(500);
        assertThat(Latency.percentile(oneToThousand, 990)).isEqualTo(990);
        assertThat(Latency.percentile(oneToThousand, 999)).isEqualTo(999);
        assertThat(Latency.percentile(oneToThousand, 1000)).isEqualTo(1000);
    }

    @Test
    void one_value_is_every_percentile() {
        assertThat(Latency.percentile(new long[] {7}, 500)).isEqualTo(7);
        assertThat(Latency.percentile(new long[] {7}, 999)).isEqualTo(7);
    }

    @Test
    void rounds_are_taken_together_and_told_in_milliseconds() {
        Latency latency = Latency.of(List.of(new long[] {1_000_000, 4_000_000}, new long[] {2_000_000, 3_000_000}));
        assertThat(latency).isEqualTo(new Latency(4, 2, 4, 4, 4));
    }

    @Test
    void no_values_are_told_as_none() {
        assertThat(Latency.of(List.of())).isEqualTo(new Latency(0, 0, 0, 0, 0));
    }
}
