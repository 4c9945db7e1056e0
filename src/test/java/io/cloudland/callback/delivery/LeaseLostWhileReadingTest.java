package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.Interposed;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeaseLostWhileReadingTest {

    private static final ResourceRef A = instance(1);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(10_000, 10_000, time);
    private final FakeSender endpoint = new FakeSender();

    /** Its turn comes, its head is read again, and meanwhile the lease runs out. */
    @Test
    void a_head_that_is_read_when_its_retry_is_due_is_not_sent_where_the_node_may_start_nothing_by_then() {
        List<Supplier<Future<?>>> reads = new ArrayList<>();
        Promise<Object> answer = Promise.promise();
        LaneUnderTest lane = new LaneUnderTest(
                Interposed.store(store, (called, call) -> {
                    if (called.equals("pendingOf") && reads.isEmpty()) {
                        reads.add(call);
                        return answer.future();
                    }
                    return call.get();
                }),
                time,
                endpoint,
                new DeliveryListener() {},
                1,
                3,
                new Window(172, 1 << 21, 200));
        lane.event(A);
        List<ResourceRef> others = LaneUnderTest.inSlotOf(instance(2), 120);
        others.forEach(lane::append);
        lane.reader.read(others.get(0).slot());
        endpoint.take(A).answers(503); // The window is half full: it gives its body back.
        time.advance(LaneUnderTest.INTERVAL);
        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }
        int before = endpoint.all.size();
        assertThat(reads).as("its head is read again").hasSize(1);

        lane.mayStart(false);
        reads.get(0).get().onSuccess(answer::complete);
        assertThat(endpoint.all).as("sent without a lease").hasSize(before);
        assertThat(lane.lane.inFlight()).isZero();

        lane.mayStart(true);
        lane.lane.goOn();
        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 1L);
        assertThat(lane.lane.isEmpty()).isTrue();
    }
}
