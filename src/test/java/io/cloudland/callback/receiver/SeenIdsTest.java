package io.cloudland.callback.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenIdsTest {

    @Test
    void the_oldest_generation_is_forgotten_when_two_younger_ones_are_full() {
        SeenIds seen = new SeenIds(10);
        for (int i = 0; i < 20; i++) {
            seen.add("evt_" + i);
        }
        assertThat(seen.contains("evt_0")).isFalse();
        assertThat(seen.contains("evt_10")).isTrue();
        assertThat(seen.contains("evt_19")).isTrue();
    }

    @Test
    void a_hundred_thousand_ids_are_told_apart() {
        SeenIds seen = new SeenIds();
        for (int i = 0; i < 100_000; i++) {
            assertThat(seen.add("evt_" + i)).isTrue();
        }
    }

    @Test
    void clearing_forgets_all() {
        SeenIds seen = new SeenIds();
        seen.add("evt");
        seen.clear();
        assertThat(seen.contains("evt")).isFalse();
    }
}
