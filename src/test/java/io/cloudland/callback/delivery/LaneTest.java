package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final ResourceRef A = instance(1);
    private static final ResourceRef B = instance(2);
    private static final Duration INTERVAL = LaneUnderTest.INTERVAL;

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(100_000, 100_000, time);
    private final FakeSender endpoint = new FakeSender();
    private final List<String> told = new ArrayList<>();
    private Lane lane;
    private SlotReader reader;

    LaneTest() {
        open(8, 3, endpoint);
    }

    private void open(int maxInFlight, int maxRetries, AttemptSender sender) {
        LaneUnderTest under = new LaneUnderTest(
                store, time, sender, new Telling(), maxInFlight, maxRetries, Window.of(maxInFlight, 1));
        lane = under.lane;
        reader = under.reader;
    }

    private final class Telling implements DeliveryListener {
        @Override
        public void delivered(Delivery delivery, Attempt attempt) {
            told.add("delivered " + delivery.resource() + " attempt " + attempt.number());
        }

        @Override
        public void retryScheduled(Delivery delivery, Attempt attempt, Instant next) {
            told.add("retry " + delivery.resource() + " after " + attempt.number());
        }

        @Override
        public void dead(Delivery delivery, Attempt attempt, String reason) {
            told.add("dead " + delivery.resource() + ": " + reason);
        }
    }

    private void event(ResourceRef resource) {
        store.append(
                change(resource, "running"), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
        reader.read(resource.slot());
    }

    @Test
    void one_attempt_is_under_way_per_resource_and_the_next_follows_in_sequence() {
        event(A);
        event(A);
        event(A);

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        endpoint.take(A).answers(200);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L);
        endpoint.take(A).answers(204);
        endpoint.take(A).answers(299);

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L, 3L);
        assertThat(store.stats().delivered()).isEqualTo(3);
        assertThat(lane.isEmpty()).isTrue();
    }

    @Test
    void different_resources_are_under_way_at_once_up_to_the_limit() {
        open(3, 3, endpoint);
        for (long id = 1; id <= 10; id++) {
            event(instance(id));
        }

        assertThat(endpoint.underWay()).isEqualTo(3);
        endpoint.take(A).answers(200);
        assertThat(endpoint.underWay()).isEqualTo(3);
        assertThat(endpoint.all).hasSize(4);
    }

    @Test
    void an_endpoint_answer_that_hangs_delays_no_other_resource() {
        event(A);
        event(B);
        event(B);

        endpoint.take(B).answers(200);
        endpoint.take(B).answers(200);

        assertThat(endpoint.sequencesSent(B)).containsExactly(1L, 2L);
        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        assertThat(store.stats().delivered()).isEqualTo(2);
    }

    @Test
    void a_failed_attempt_is_retried_after_the_interval_and_not_before() {
        event(A);
        endpoint.take(A).answers(500);

        time.advance(INTERVAL.minusMillis(1));
        assertThat(endpoint.all).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(endpoint.all).hasSize(2);
        assertThat(endpoint.all.get(1).attemptNumber()).isEqualTo(2);

        endpoint.take(A).answers(200);
        assertThat(told).containsExactly("retry instance/1 after 1", "delivered instance/1 attempt 2");
    }

    @Test
    void a_resource_that_waits_for_a_retry_holds_back_itself_alone_and_no_place() {
        open(1, 3, endpoint);
        event(A);
        event(A);
        endpoint.take(A).answers(503);
        event(B);

        endpoint.take(B).answers(200);

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L);
        assertThat(endpoint.sequencesSent(B)).containsExactly(1L);
    }

    @Test
    void after_the_last_retry_the_delivery_is_a_dead_letter_and_the_next_one_goes() {
        event(A);
        event(A);
        for (int attempt = 1; attempt <= 4; attempt++) {
            endpoint.take(A).answers(500);
            time.advance(INTERVAL);
        }

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 1L, 1L, 1L, 2L);
        assertThat(store.stats().dead()).isEqualTo(1);
        assertThat(store.deadLetters(1).result().get(0).reason()).isEqualTo("HTTP 500 at attempt 4, the last");
        assertThat(store.deadLetters(1).result().get(0).delivery().attemptsMade())
                .isEqualTo(4);
        endpoint.take(A).answers(200);
        assertThat(store.stats().delivered()).isEqualTo(1);
    }

    @Test
    void a_defect_while_sending_is_an_attempt_that_failed() {
        event(A);
        endpoint.take(A).answer().fail(new IllegalStateException("boom"));

        assertThat(told).containsExactly("retry instance/1 after 1");
        time.advance(INTERVAL);
        assertThat(endpoint.all).hasSize(2);
    }

    @Test
    void a_sender_that_throws_costs_the_lane_no_place() {
        open(1, 0, new ThrowingSender());
        event(A);
        event(B);

        assertThat(store.stats().dead()).isEqualTo(2);
        assertThat(lane.inFlight()).isZero();
    }

    private static final class ThrowingSender implements AttemptSender {
        @Override
        public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
            throw new IllegalStateException("boom");
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @Test
    void a_retry_that_was_due_later_when_it_was_read_waits_until_then() {
        event(A);
        endpoint.take(A).answers(500);
        lane.close();
        open(8, 3, endpoint);

        reader.read(A.slot());
        assertThat(endpoint.all).hasSize(1);
        time.advance(INTERVAL);

        assertThat(endpoint.all).hasSize(2);
        assertThat(endpoint.all.get(1).attemptNumber()).isEqualTo(2);
    }

    @Test
    void an_attempt_that_ends_after_the_close_counts_for_nothing() {
        event(A);
        lane.close();

        endpoint.take(A).answers(500);

        assertThat(told).isEmpty();
        assertThat(store.stats().pending()).isEqualTo(1);
        assertThat(lane.inFlight()).isZero();
    }

    @Test
    void after_stop_launching_what_is_under_way_ends_and_nothing_starts() {
        event(A);
        event(A);
        lane.stopLaunching();

        endpoint.take(A).answers(200);

        assertThat(store.stats().delivered()).isEqualTo(1);
        assertThat(endpoint.all).hasSize(1);
        assertThat(lane.inFlight()).isZero();
    }

    @Test
    void whatever_the_endpoint_answers_nothing_is_lost_nothing_overtakes_and_no_timer_stays() {
        Random random = new Random(20251030);
        for (int i = 0; i < 3_000; i++) {
            event(instance(1 + random.nextInt(40)));
            if (random.nextInt(3) == 0) {
                answerSomething(random);
            }
            if (random.nextInt(50) == 0) {
                time.advance(Duration.ofSeconds(random.nextInt(7)));
            }
        }
        while (store.stats().pending() > 0) {
            while (endpoint.underWay() > 0) {
                answerSomething(random);
            }
            time.advance(INTERVAL);
        }

        assertThat(store.stats().delivered() + store.stats().dead()).isEqualTo(3_000);
        for (long id = 1; id <= 40; id++) {
            assertThat(endpoint.sequencesSent(instance(id))).isSorted();
        }
        assertThat(time.scheduled()).isZero();
        assertThat(lane.isEmpty()).isTrue();
    }

    private void answerSomething(Random random) {
        List<FakeSender.Sent> open = new ArrayList<>(endpoint.all);
        open.removeIf(sent -> sent.answer().future().isComplete());
        if (open.isEmpty()) {
            return;
        }
        assertNoResourceTwice(open);
        FakeSender.Sent sent =
                endpoint.take(open.get(random.nextInt(open.size())).delivery().resource());
        switch (random.nextInt(4)) {
            case 0 -> sent.answers(503);
            case 1 -> sent.answer().complete(new AttemptOutcome.TimedOut(Duration.ofSeconds(30)));
            default -> sent.answers(200);
        }
    }

    private static void assertNoResourceTwice(List<FakeSender.Sent> underWay) {
        Set<ResourceRef> resources = new HashSet<>();
        underWay.forEach(
                sent -> assertThat(resources.add(sent.delivery().resource())).isTrue());
    }
}
