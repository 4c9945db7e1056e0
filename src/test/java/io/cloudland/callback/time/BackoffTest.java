package io.cloudland.callback.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void pauses_double_up_to_the_longest_and_stay_there() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(n -> backoff.after(n).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_first_pause_longer_than_the_longest_stays_as_it_is() {
        Backoff backoff = new Backoff(Duration.ofHours(1), Duration.ofSeconds(60));
        assertThat(backoff.after(1)).isEqualTo(Duration.ofHours(1));
        assertThat(backoff.after(100)).isEqualTo(Duration.ofHours(1));
    }
}
