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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Found by the crash test: an event was given up, the next one went out and was taken, and a kill came before the first was
 * kept as a dead letter. After the restart it was sent once more, behind the next. The cluster test found the same of events that
 * were taken while the database was away, and that another node sent again.
 */
class NotedBeforeNextTest {

    private static final ResourceRef A = instance(1);
    private static final ResourceRef B = instance(2);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore memory = new MemoryEventStore(100, 100, time);
    private final Promise<Void> disk = Promise.promise();
    private final EventStore store = slowToNote();
    private final FakeSender endpoint = new FakeSender();
    private final Lane lane =
            new LaneUnderTest(store, time, endpoint, new DeliveryListener() {}, 8, 0, Window.of(8, 1)).lane;

    /** A store that notes how a delivery ended once the disk has it. */
    private EventStore slowToNote() {
        Class<?>[] type = {EventStore.class};
        return (EventStore) Proxy.newProxyInstance(type[0].getClassLoader(), type, (proxy, method, arguments) -> {
            Object answer = method.invoke(memory, arguments);
            return Set.of("delivered", "dead").contains(method.getName())
                    ? ((Future<?>) answer).compose(kept -> disk.future())
                    : answer;
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

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void the_next_event_goes_out_only_when_the_store_has_noted_how_the_one_before_it_ended(int status) {
        events(A, 2);
        events(B, 1);

        endpoint.take(A).answers(status);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        endpoint.take(B).answers(200);
        assertThat(memory.stats().delivered()).as("others go on").isPositive();
        assertThat(lane.inFlight()).as("nobody keeps a place").isZero();

        disk.complete();
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
    }

    @Test
    void an_event_that_comes_while_the_store_is_at_the_one_before_it_waits_as_well() {
        events(A, 1);
        endpoint.take(A).answers(200);

        events(A, 1);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        assertThat(lane.isEmpty()).isFalse();

        disk.complete();
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
        endpoint.take(A).answers(200);
        assertThat(lane.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void nothing_goes_out_any_more_when_the_lane_was_closed_meanwhile(int status) {
        events(A, 2);

        endpoint.take(A).answers(status);
        lane.close();
        disk.complete();

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void an_end_that_cannot_be_noted_holds_back_no_other(int status) {
        events(A, 2);

        endpoint.take(A).answers(status);
        disk.fail("the disk is gone");

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
    }
}
