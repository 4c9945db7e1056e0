package io.cloudland.callback.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final VirtualTimers time = new VirtualTimers();
    private final SteadyClock clock = new SteadyClock(time);

    @Test
    void a_jump_forward_is_believed_after_an_hour_and_not_before() {
        time.advance(DAY);
        Instant before = time.now();
        time.jump(DAY);
        assertThat(clock.now()).isEqualTo(before);
        time.advance(SteadyClock.TRUST_AFTER.minusNanos(1));
        assertThat(clock.now()).isEqualTo(time.now().minus(DAY));
        time.advance(Duration.ofNanos(1));
        assertThat(clock.now()).isEqualTo(time.now());
    }

    @Test
    void a_jump_back_is_believed_at_once_and_so_is_its_end_where_the_clock_is_as_it_was() {
        time.jump(DAY.negated());
        assertThat(clock.now()).isEqualTo(time.now());
        time.jump(DAY);
        assertThat(clock.now())
                .as("an hour after the clock is right again")
                .isEqualTo(time.now().minus(DAY));
        time.advance(SteadyClock.TRUST_AFTER);
        assertThat(clock.now()).isEqualTo(time.now());
    }

    @Test
    void a_clock_that_is_adjusted_little_by_little_is_followed() {
        for (int i = 0; i < 1_000; i++) {
            time.advance(Duration.ofSeconds(1));
            time.jump(Duration.ofMillis(200));
            assertThat(clock.now()).isEqualTo(time.now());
        }
    }

    @Property(tries = 200)
    void what_it_believes_is_never_ahead_of_the_clock_and_ages_are_what_passed(@ForAll long seed) {
        Random random = new Random(seed);
        VirtualTimers moved = new VirtualTimers();
        SteadyClock steady = new SteadyClock(moved);
        for (int i = 0; i < 60; i++) {
            moved.jump(Duration.ofSeconds(random.nextInt(3) == 0 ? random.nextInt(2_000_000) - 1_000_000 : 0));
            steady.look();
            Instant stamp = moved.now();
            Duration passes = Duration.ofSeconds(random.nextInt(600));
            moved.advance(passes);

            assertThat(steady.now()).isBeforeOrEqualTo(moved.now());
            assertThat(steady.since(stamp)).isEqualTo(passes);
        }
    }
}
