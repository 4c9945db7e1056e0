package io.cloudland.callback.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlotQueuePropertyTest {

    @Property(tries = 200)
    void it_holds_what_a_sorted_map_holds(@ForAll long seed, @ForAll @IntRange(min = 0, max = 10) int removesPerAdd) {
        Random random = new Random(seed);
        SlotQueue queue = new SlotQueue();
        TreeMap<Long, Delivery> expected = new TreeMap<>();
        long position = 0;
        for (int step = 0; step < 400; step++) {
            position += 1 + random.nextInt(3);
            Delivery delivery = Samples.delivery(position, Samples.instance(1), step + 1);
            queue.add(delivery);
            expected.put(position, delivery);
            for (int i = 0; i < random.nextInt(removesPerAdd + 1); i++) {
                long gone = random.nextInt((int) position + 2);
                assertThat(queue.remove(gone)).isEqualTo(expected.remove(gone));
            }
            Delivery newer = Samples.delivery(random.nextInt((int) position + 2), Samples.instance(1), 1)
                    .retryAt(Samples.AT);
            queue.replace(newer);
            expected.computeIfPresent(newer.position(), (at, older) -> newer);
        }
        long after = random.nextInt((int) position + 2) - 1L;
        int limit = 1 + random.nextInt(500);
        List<Delivery> rest = new ArrayList<>(expected.tailMap(after, false).values());
        assertThat(queue.after(after, limit)).isEqualTo(rest.subList(0, Math.min(limit, rest.size())));
        assertThat(queue.after(-1, 1_000)).isEqualTo(new ArrayList<>(expected.values()));
    }
}
