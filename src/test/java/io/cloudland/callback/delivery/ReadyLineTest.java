package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyLineTest {

    private final ReadyLine line = new ReadyLine();

    private static ResourceQueue queue(long id, int attemptsMade) {
        ResourceRef resource = Samples.instance(id);
        Delivery delivery = Samples.delivery(id, resource, 1);
        ResourceQueue queue = new ResourceQueue(resource, resource);
        queue.add(attemptsMade == 0 ? delivery : delivery.withAttempts(attemptsMade));
        return queue;
    }

    private List<Long> drain() {
        List<Long> ids = new ArrayList<>();
        while (!line.isEmpty()) {
            ids.add(line.removeFirst().resource().id());
        }
        return ids;
    }

    @Test
    void first_attempts_go_before_retries_and_each_kind_in_the_order_it_came() {
        line.addLast(queue(1, 2));
        line.addLast(queue(2, 0));
        line.addLast(queue(3, 1));
        line.addLast(queue(4, 0));

        assertThat(drain()).containsExactly(2L, 4L, 1L, 3L);
    }

    @Test
    void a_retry_gets_every_eighth_place_while_first_attempts_never_end() {
        line.addLast(queue(1_000, 1));
        line.addLast(queue(1_001, 1));
        List<Long> ids = new ArrayList<>();
        for (long next = 1; next <= 16; next++) {
            line.addLast(queue(next, 0));
            ids.add(line.removeFirst().resource().id());
        }
        assertThat(ids.get(7)).isEqualTo(1_000);
        assertThat(ids.get(15)).isEqualTo(1_001);
    }

    @Test
    void one_that_is_given_back_is_next_again() {
        line.addLast(queue(1, 0));
        line.addLast(queue(2, 0));
        ResourceQueue taken = line.removeFirst();

        line.addFirst(taken);

        assertThat(line.removeFirst()).isSameAs(taken);
    }
}
