package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code order = "none"}: every delivery by itself. */
class LaneWithoutOrderTest {

    private static final ResourceRef A = instance(1);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(100_000, 100_000, time);
    private final FakeSender endpoint = new FakeSender();

    private LaneUnderTest lane(int maxInFlight) {
        return new LaneUnderTest(store, time, endpoint, maxInFlight, Ordering.NONE);
    }

    @Test
    void events_of_one_resource_are_under_way_at_once_up_to_the_limit() {
        LaneUnderTest lane = lane(3);
        for (int i = 0; i < 5; i++) {
            lane.event(A);
        }

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L, 3L);
        endpoint.take(A).answers(200);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void one_that_fails_is_retried_by_itself_and_holds_back_no_other() {
        LaneUnderTest lane = lane(1);
        lane.event(A);
        lane.event(A);
        lane.event(A);
        endpoint.take(A).answers(503);
        endpoint.take(A).answers(200);
        endpoint.take(A).answers(200);

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L, 3L);
        time.advance(LaneUnderTest.INTERVAL);

        FakeSender.Sent again = endpoint.take(A);
        assertThat(again.delivery().event().sequence()).isEqualTo(1);
        assertThat(again.attemptNumber()).isEqualTo(2);
        again.answers(200);
        assertThat(store.stats().delivered()).isEqualTo(3);
        assertThat(lane.lane.isEmpty()).isTrue();
    }

    @Test
    void a_retry_that_waits_in_the_store_at_a_start_waits_on_and_the_others_go() {
        LaneUnderTest before = lane(8);
        before.event(A);
        before.event(A);
        endpoint.take(A).answers(503);
        before.close();

        lane(8).readAll();

        assertThat(endpoint.take(A).delivery().event().sequence()).isEqualTo(2); // Under way when the lane was closed,
        assertThat(endpoint.take(A).delivery().event().sequence()).isEqualTo(2); // and sent again.
        assertThat(endpoint.underWay()).isZero();
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(endpoint.take(A).attemptNumber()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void however_it_fails_and_however_small_the_window_nothing_is_lost_or_sent_too_often(long seed) {
        Random random = new Random(seed);
        LaneUnderTest lane = new LaneUnderTest(
                new EndpointFlow(
                        io.cloudland.callback.model.Samples.endpoint("http://127.0.0.1:1/"),
                        FlowState.OPEN,
                        time,
                        () -> 0),
                new OutcomeClassifier(new RetryPolicy(3, LaneUnderTest.INTERVAL)),
                store,
                time,
                endpoint,
                new DeliveryListener() {},
                1 + random.nextInt(12),
                new Window(172 + random.nextInt(400), 1 << 21, 100 + random.nextInt(500)),
                Ordering.NONE);
        for (int made = 0; made < 2_000 || store.stats().pending() > 0; ) {
            if (made < 2_000) {
                lane.event(instance(1 + random.nextInt(3)));
                made++;
            }
            while (endpoint.underWay() > random.nextInt(9)) {
                endpoint.takeAny().answers(random.nextInt(3) == 0 ? 503 : 200);
            }
            time.advance(Duration.ofMillis(random.nextInt(400)));
        }

        assertThat(store.stats().delivered() + store.stats().dead()).isEqualTo(2_000);
        assertThat(endpoint.all.stream().map(sent -> sent.delivery().event().id() + " " + sent.attemptNumber()))
                .doesNotHaveDuplicates();
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(time.scheduled()).isZero();
    }
}
