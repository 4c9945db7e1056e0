package io.cloudland.callback.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InstantTextTest {

    @Test
    void any_instant_is_written_as_it_writes_itself() {
        SplittableRandom random = new SplittableRandom(7);
        List<Integer> steps = List.of(1, 1_000, 1_000_000, 1_000_000_000);
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(-62_167_219_200L, 253_402_300_800L);
            int step = steps.get(i % steps.size());
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / step * step);
            assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
        }
    }

    @Test
    void instants_of_one_second_and_of_the_next_are_told_apart() {
        Instant instant = Instant.parse("2026-11-24T23:59:59.999999999Z");
        assertThat(InstantText.of(instant)).isEqualTo("2026-11-24T23:59:59.999999999Z");
        assertThat(InstantText.of(instant.minusMillis(1))).isEqualTo("2026-11-24T23:59:59.998999999Z");
        assertThat(InstantText.of(instant.plusNanos(1))).isEqualTo("2026-11-25T00:00:00Z");
    }

    @Test
    void the_ends_of_time_are_written_too() {
        for (Instant instant : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 1))) {
            assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
        }
    }
}
