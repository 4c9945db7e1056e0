package io.cloudland.callback.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashSet64Test {

    @Test
    void it_says_the_same_as_a_set_of_the_library_while_it_grows() {
        Random random = new Random(3);
        Set<Long> expected = new HashSet<>();
        HashSet64 set = new HashSet64();
        for (int i = 0; i < 300_000; i++) {
            long hash = i % 3 == 0 ? random.nextInt(50_000) : random.nextLong();
            assertThat(set.add(hash)).isEqualTo(expected.add(hash));
        }
        assertThat(set.size()).isEqualTo(expected.size());
    }

    @Test
    void zero_and_hashes_that_meet_in_a_slot_are_told_apart() {
        HashSet64 set = new HashSet64();
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
        assertThat(set.add(1L << 63)).isTrue();
        assertThat(set.add(-1)).isTrue();
        assertThat(set.add(-1)).isFalse();
        assertThat(set.size()).isEqualTo(3);
    }
}
