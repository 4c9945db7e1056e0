package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.Interposed;
import io.vertx.core.Future;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes that merge, over a store that answers late or not at all. */
class CoalescingLateStoreTest extends CoalescingLanes {

    private final LateAnswers answers = new LateAnswers(endpoint, time);

    @Test
    void nothing_is_sent_before_the_store_has_noted_what_it_stands_for() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1");
        assertThat(lane.lane.isAtRest()).isFalse();
        events(lane, A, "d");
        answers.next();

        assertThat(sent(A))
                .as("no further than what was there when its turn came")
                .containsExactly("#1", "#3 for 1 from 2");
        endpoint.take(A).answers(200);
        assertThat(sent(A)).hasSize(3).endsWith("#4");
    }

    @Test
    void a_store_that_cannot_note_it_costs_the_merging_and_nothing_else() {
        int[] failures = {0};
        LaneUnderTest lane = lane(
                Interposed.store(store, (called, call) -> {
                    if (called.equals("coalesce")) {
                        if (failures[0]++ % 2 == 0) {
                            throw new IllegalStateException("boom");
                        }
                        return Future.failedFuture("broken");
                    }
                    return call.get();
                }),
                8);
        backlog(A, 50);
        lane.readAll();

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertThat(failures[0]).isPositive();
        assertThat(endpoint.sequencesSent(A)).hasSize(50).isSorted();
        assertAccount(50, 0);
    }

    @Test
    void a_line_that_the_store_still_merges_is_not_sent_from_and_the_lane_is_not_at_rest() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 1);
        events(lane, B, "x");
        backlog(A, ResourceQueue.MOST);
        lane.reader.read(A.slot());
        endpoint.take(B).answers(200);

        assertThat(answers.count()).isEqualTo(1);
        assertThat(sent(A)).isEmpty();
        assertThat(lane.lane.inFlight()).isZero();
        assertThat(lane.lane.isAtRest()).isFalse();
        answers.next();

        assertThat(sent(A)).containsExactly("#16 for 15 from 1");
    }

    @Test
    void what_comes_while_nothing_may_be_sent_after_a_merge_is_merged_when_it_may_again() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 1);
        backlog(A, 3);
        lane.readAll();
        lane.mayStart(false);
        answers.next();
        assertThat(sent(A)).isEmpty();

        events(lane, A, "d");
        lane.mayStart(true);
        lane.lane.goOn();
        answers.next();

        assertThat(sent(A)).containsExactly("#4 for 3 from 1");
    }

    @Test
    void reads_that_fail_at_once_are_not_repeated_at_once_and_cost_nothing_but_the_merging() {
        int[] reads = {0};
        LaneUnderTest lane = lane(
                Interposed.store(store, (called, call) -> {
                    boolean fails = called.equals("pendingOf") && ++reads[0] < 200;
                    return fails ? Future.failedFuture("broken") : lateCoalesce(called, call);
                }),
                8);
        backlog(A, 100);
        lane.readAll();
        for (int i = 0; i < 500 && store.stats().pending() > 0; i++) {
            answers.all();
            while (endpoint.underWay() > 0) {
                endpoint.takeAny().answers(200);
            }
            time.advance(ReadFailures.PAUSE);
        }

        assertThat(store.stats().pending()).isZero();
        assertThat(store.stats().delivered() + store.stats().coalesced()).isEqualTo(100);
        assertWhole(A);
    }

    @Test
    void what_comes_while_the_store_is_still_reading_or_noting_is_merged_too() {
        LaneUnderTest lane = lane(Interposed.store(store, answers::late), 1);
        events(lane, A, "first");
        answers.all();
        endpoint.take(A).answers(503);
        answers.all();
        for (int round = 0; round < 30; round++) {
            backlog(A, 17);
            lane.reader.read(A.slot());
            answers.next(); // One call at a time, so that more comes while it is under way.
        }
        answers.all();

        assertThat(store.stats().pending()).isLessThanOrEqualTo(ResourceQueue.MOST);
        assertThat(lane.window.deliveries()).isLessThanOrEqualTo(ResourceQueue.MOST);
    }

    private Future<?> lateCoalesce(String method, Supplier<Future<?>> call) {
        return method.equals("coalesce") ? answers.late(method, call) : call.get();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void however_late_the_store_answers_every_event_is_sent_or_stood_for_once_and_in_order(long seed) {
        Random random = new Random(seed);
        LaneUnderTest lane = new LaneUnderTest(
                new EndpointFlow(Samples.endpoint("http://127.0.0.1:1/"), FlowState.OPEN, time, () -> 0),
                new OutcomeClassifier(new RetryPolicy(1_000, LaneUnderTest.INTERVAL)),
                Interposed.store(store, answers::late),
                time,
                endpoint,
                new DeliveryListener() {},
                1 + random.nextInt(6),
                new Window(172 + random.nextInt(400), 1 << 21, 5 + random.nextInt(80)),
                Ordering.NEWEST);
        int resources = 1 + random.nextInt(12);
        int failing = random.nextInt(60);
        for (int made = 0; made < 2_000 || store.stats().pending() > 0; ) {
            for (int burst = random.nextInt(40); burst > 0 && made < 2_000; burst--, made++) {
                events(lane, instance(1 + random.nextInt(resources)), random.nextInt(9) == 0 ? "error" : "s" + made);
            }
            answers.step(random, failing);
        }
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(lane.window.bytes()).isZero();
        assertThat(lane.lane.isAtRest()).isTrue();
        for (long id = 1; id <= resources; id++) {
            assertWhole(instance(id));
        }
        assertThat(store.stats().coalesced()).isPositive();
        assertThat(store.stats().delivered() + store.stats().coalesced()).isEqualTo(2_000);
    }

    /** From the first to the last each number is sent, once but for retries, or stood for by the next that is sent. */
    private void assertWhole(ResourceRef resource) {
        long next = 1;
        Delivery before = null;
        for (FakeSender.Sent sent : endpoint.all) {
            Delivery delivery = sent.delivery();
            if (!delivery.resource().equals(resource)) {
                continue;
            }
            if (before != null && before.position() == delivery.position()) {
                assertThat(delivery.coalesced()).as("the same in every attempt").isEqualTo(before.coalesced());
                continue;
            }
            Coalesced others = delivery.coalesced();
            assertThat(others.isNothing() ? delivery.event().sequence() : others.from())
                    .as("first that " + told(delivery) + " stands for")
                    .isEqualTo(next);
            assertThat(delivery.event().sequence() - others.count()).isEqualTo(next);
            next = delivery.event().sequence() + 1;
            before = delivery;
        }
    }
}
