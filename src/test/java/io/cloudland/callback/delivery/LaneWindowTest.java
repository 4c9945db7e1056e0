package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A backlog far larger than the window. */
class LaneWindowTest {

    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "");

    private final VirtualTimers time = new VirtualTimers();
    private final EventStore store = new MemoryEventStore(2_000_000, 10, time);
    private final FakeSender endpoint = new FakeSender();

    private LaneUnderTest lane(AttemptSender sender, int maxInFlight, Window window) {
        return new LaneUnderTest(store, time, sender, new DeliveryListener() {}, maxInFlight, 1_000_000, window);
    }

    /** Answers at once, on the stack of the caller, and checks the order. */
    private static final class Immediate implements AttemptSender {
        private final Function<Delivery, AttemptOutcome> answer;
        private final Map<ResourceRef, Long> last = new HashMap<>();
        private final Map<ResourceRef, Integer> attempts = new HashMap<>();
        private int delivered;

        Immediate(Function<Delivery, AttemptOutcome> answer) {
            this.answer = answer;
        }

        @Override
        public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
            ResourceRef resource = delivery.resource();
            if (delivery.event().sequence() != last.getOrDefault(resource, 0L) + 1
                    || attemptNumber != attempts.getOrDefault(resource, 0) + 1) {
                throw new AssertionError(delivery + " is not next, attempt " + attemptNumber);
            }
            AttemptOutcome outcome = answer.apply(delivery);
            if (outcome == OK) {
                last.put(resource, delivery.event().sequence());
                attempts.remove(resource);
                delivered++;
            } else {
                attempts.put(resource, attemptNumber);
            }
            return Future.succeededFuture(outcome);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @Test
    void a_million_deliveries_in_one_slot_that_all_end_at_once_need_no_stack() {
        Immediate sender = new Immediate(delivery -> OK);
        LaneUnderTest lane = lane(sender, 8, Window.of(8, 1));
        List<ResourceRef> slot = LaneUnderTest.inSlotOf(instance(1), 501);
        lane.append(slot.get(0), 500_000);
        for (int round = 0; round < 1_000; round++) {
            slot.subList(1, 501).forEach(lane::append);
        }

        lane.readAll();

        assertThat(sender.delivered).isEqualTo(1_000_000);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.reader.isDry()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(lane.window.bytes()).isZero();
    }

    @Test
    void a_backlog_is_read_as_room_appears_and_delivered_to_the_end_in_order() {
        LaneUnderTest lane = lane(endpoint, 32, Window.of(32, 4));
        for (int round = 0; round < 4; round++) {
            for (long id = 1; id <= 5_000; id++) {
                lane.append(instance(id));
            }
        }

        lane.readAll();

        int most = 0;
        while (endpoint.underWay() > 0) {
            most = Math.max(most, lane.window.deliveries());
            endpoint.takeAny().answers(200);
        }
        assertThat(most).isBetween(512, 1_024);
        assertThat(store.stats().delivered()).isEqualTo(20_000);
        Map<ResourceRef, List<Long>> sent = new HashMap<>();
        endpoint.all.forEach(one -> sent.computeIfAbsent(one.delivery().resource(), resource -> new ArrayList<>())
                .add(one.delivery().event().sequence()));
        assertThat(sent).hasSize(5_000);
        assertThat(sent.values()).allMatch(List.of(1L, 2L, 3L, 4L)::equals);
    }

    @Test
    void a_failing_resource_with_thousands_of_events_keeps_the_window_for_the_others() {
        ResourceRef failing = instance(1);
        boolean[] up = {false};
        Immediate sender = new Immediate(delivery -> delivery.resource().equals(failing) && !up[0] ? BUSY : OK);
        LaneUnderTest lane = lane(sender, 8, Window.of(8, 8));
        List<ResourceRef> slot = LaneUnderTest.inSlotOf(failing, 11);
        for (int round = 0; round < 500; round++) {
            lane.append(failing, 20);
            slot.subList(1, 11).forEach(lane::append);
        }

        lane.readAll();

        assertThat(sender.delivered).isEqualTo(5_000);
        assertThat(lane.window.deliveries()).isLessThanOrEqualTo(ResourceQueue.MOST);
        time.advance(LaneUnderTest.INTERVAL.multipliedBy(10));
        lane.event(failing);
        assertThat(sender.delivered).isEqualTo(5_000);
        up[0] = true;
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sender.delivered).isEqualTo(15_001);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void many_resources_that_wait_for_a_retry_give_their_bodies_back_and_let_the_others_pass() {
        boolean[] up = {false};
        Immediate sender = new Immediate(delivery -> delivery.resource().id() <= 20_000 && !up[0] ? BUSY : OK);
        LaneUnderTest lane = lane(sender, 8, Window.of(8, 1));
        for (int round = 0; round < 2; round++) {
            for (long id = 1; id <= 20_100; id++) {
                lane.append(instance(id));
            }
        }

        lane.readAll();

        assertThat(sender.delivered).isEqualTo(200);
        assertThat(lane.window.deliveries()).isLessThanOrEqualTo(2_048 + ResourceQueue.MOST);
        assertThat(time.scheduled()).isEqualTo(1);
        time.advance(LaneUnderTest.INTERVAL);
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sender.attempts)
                .hasSize(20_000)
                .allSatisfy((resource, made) -> assertThat(made).isEqualTo(3));
        up[0] = true;
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sender.delivered).isEqualTo(40_200);
        assertThat(lane.window.bytes()).isZero();
        assertThat(lane.lane.isEmpty()).isTrue();
    }

    @Test
    void when_too_many_resources_wait_reading_pauses_and_goes_on_when_they_have_ended() {
        boolean[] up = {false};
        Immediate sender = new Immediate(delivery -> up[0] ? OK : BUSY);
        LaneUnderTest lane = lane(sender, 8, new Window(512, 1 << 22, 300));
        for (long id = 1; id <= 5_000; id++) {
            lane.append(instance(id));
        }

        lane.readAll();

        assertThat(sender.attempts).hasSizeBetween(300, 450);
        assertThat(lane.reader.isDry()).isFalse();
        up[0] = true;
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sender.delivered).isEqualTo(5_000);
        assertThat(lane.reader.isDry()).isTrue();
    }

    @Test
    void large_bodies_fill_the_window_by_their_bytes() {
        LaneUnderTest lane = lane(endpoint, 4, new Window(4_096, 2 << 20, 1_000));
        var large = payload("x".repeat(100_000));
        for (long id = 1; id <= 200; id++) {
            store.append(
                    change(instance(id), "running"), false, event -> List.of(new PlannedDelivery("default", large)));
        }

        lane.readAll();

        assertThat(lane.window.bytes()).isBetween(1L << 20, 2L << 20);
        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }
        assertThat(store.stats().delivered()).isEqualTo(200);
    }
}
