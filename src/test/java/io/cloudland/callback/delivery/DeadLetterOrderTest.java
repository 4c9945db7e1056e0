package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Found by the crash test: an event was given up, the next one went out and was taken, and a kill came before the first was
 * kept as a dead letter. After the restart it was sent once more, behind the next.
 */
class DeadLetterOrderTest {

    private static final ResourceRef A = instance(1);
    private static final ResourceRef B = instance(2);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore memory = new MemoryEventStore(100, 100, time);
    private final Promise<Void> disk = Promise.promise();
    private final EventStore store = slowToBury();
    private final FakeSender endpoint = new FakeSender();
    private final Lane lane =
            new LaneUnderTest(store, time, endpoint, new DeliveryListener() {}, 8, 0, Window.of(8, 1)).lane;

    /** A store whose dead letters are kept once the disk has them. */
    private EventStore slowToBury() {
        Class<?>[] type = {EventStore.class};
        return (EventStore) Proxy.newProxyInstance(type[0].getClassLoader(), type, (proxy, method, arguments) -> {
            Object answer = method.invoke(memory, arguments);
            return method.getName().equals("dead") ? ((Future<?>) answer).compose(kept -> disk.future()) : answer;
        });
    }

    private void events(ResourceRef resource, int count) {
        for (int i = 0; i < count; i++) {
            memory.append(
                    change(resource, "running"),
                    false,
                    event -> List.of(new PlannedDelivery("default", payload("{}"))));
        }
        lane.accept(memory.pending("default", resource.slot(), -1, 100).result());
    }

    @Test
    void the_next_event_goes_out_only_when_the_one_before_it_is_kept_as_a_dead_letter() {
        events(A, 2);
        events(B, 1);

        endpoint.take(A).answers(500);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        endpoint.take(B).answers(200);
        assertThat(memory.stats().delivered()).as("others go on").isEqualTo(1);

        disk.complete();
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
    }

    @Test
    void nothing_goes_out_any_more_when_the_lane_was_closed_meanwhile() {
        events(A, 2);

        endpoint.take(A).answers(500);
        lane.close();
        disk.complete();

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
    }

    @Test
    void a_dead_letter_that_cannot_be_kept_holds_back_no_other() {
        events(A, 2);

        endpoint.take(A).answers(500);
        disk.fail("the disk is gone");

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
    }
}
