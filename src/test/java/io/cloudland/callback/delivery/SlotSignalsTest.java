package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotSignalsTest {

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<Integer> handled = new ArrayList<>();
    private final SlotSignals signals = new SlotSignals(loop::add, handled::add);

    @Test
    void a_thousand_appends_cost_one_wake_up() {
        IntStream.range(0, 1_000).forEach(i -> signals.raise(7));

        assertThat(loop).hasSize(1);
        loop.remove().run();
        assertThat(handled).containsExactly(7);
    }

    @Test
    void every_slot_that_was_raised_is_handled() {
        IntStream.range(0, 256).forEach(signals::raise);

        loop.remove().run();

        assertThat(handled).hasSize(256).doesNotHaveDuplicates();
    }

    @Test
    void a_throw_for_one_slot_loses_no_signal_of_the_others() {
        SlotSignals throwing = new SlotSignals(loop::add, slot -> {
            if (slot == 1) {
                throw new IllegalStateException("boom");
            }
            handled.add(slot);
        });
        throwing.raise(1);
        throwing.raise(2);
        throwing.raise(70);

        loop.remove().run();

        assertThat(handled).containsExactly(2, 70);
    }

    @Test
    void a_loop_that_takes_nothing_costs_whoever_appends_nothing_and_the_next_signal_wakes_it() {
        boolean[] refuses = {true};
        SlotSignals refused = new SlotSignals(
                action -> {
                    if (refuses[0]) {
                        throw new IllegalStateException("closed");
                    }
                    loop.add(action);
                },
                handled::add);
        refused.raise(1);
        refuses[0] = false;
        refused.raise(2);

        loop.remove().run();

        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    void a_slot_raised_after_the_wake_up_wakes_again() {
        signals.raise(0);
        loop.remove().run();
        signals.raise(255);
        loop.remove().run();

        assertThat(handled).containsExactly(0, 255);
    }
}
