package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Interposed;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code coalesce = true}: of what waits in a resource's line the newest goes out. */
class CoalescingLaneTest {

    private static final ResourceRef A = instance(1);
    private static final ResourceRef B = instance(2);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(500_000, 100_000, time);
    private final FakeSender endpoint = new FakeSender();
    private final List<Promise<Object>> answers = new ArrayList<>();
    private final List<Supplier<Future<?>>> calls = new ArrayList<>();

    private LaneUnderTest lane(int maxInFlight) {
        return lane(store, maxInFlight);
    }

    private LaneUnderTest lane(EventStore over, int maxInFlight) {
        return new LaneUnderTest(over, time, endpoint, maxInFlight, Ordering.NEWEST);
    }

    private void append(ResourceRef resource, String status) {
        store.append(change(resource, status), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    private void events(LaneUnderTest lane, ResourceRef resource, String... statuses) {
        for (String status : statuses) {
            append(resource, status);
            lane.reader.read(resource.slot());
        }
    }

    private void backlog(ResourceRef resource, int count) {
        for (int i = 0; i < count; i++) {
            append(resource, "s" + i);
        }
    }

    private List<String> sent(ResourceRef resource) {
        return endpoint.all.stream()
                .map(FakeSender.Sent::delivery)
                .filter(delivery -> delivery.resource().equals(resource))
                .map(CoalescingLaneTest::told)
                .toList();
    }

    private static String told(Delivery delivery) {
        Coalesced others = delivery.coalesced();
        return "#" + delivery.event().sequence()
                + (others.isNothing() ? "" : " for " + others.count() + " from " + others.from());
    }

    private void assertAccount(long delivered, long coalesced) {
        StoreStats stats = store.stats();
        assertThat(List.of(stats.delivered(), stats.coalesced(), stats.pending(), stats.dead()))
                .containsExactly(delivered, coalesced, 0L, 0L);
        assertThat(stats.deliveries()).isEqualTo(delivered + coalesced);
    }

    @Test
    void of_those_that_wait_behind_the_one_under_way_the_newest_goes_out_and_says_for_which_it_stands() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c", "d");
        assertThat(sent(A)).containsExactly("#1");

        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#4 for 2 from 2");
        endpoint.take(A).answers(200);
        assertAccount(2, 2);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(lane.window.bytes()).isZero();
    }

    @Test
    void it_is_off_for_other_orders() {
        LaneUnderTest lane = new LaneUnderTest(store, time, endpoint, 8, Ordering.RESOURCE);
        backlog(A, 40);
        lane.reader.read(A.slot());

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertAccount(40, 0);
    }

    @Test
    void errors_and_deletions_go_out_and_nothing_overtakes_them() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c", "error", "d", "e", "deleted", "f", "g");

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertThat(sent(A)).containsExactly("#1", "#4 for 2 from 2", "#7 for 2 from 5", "#9 for 1 from 8");
        assertAccount(4, 5);
    }

    @Test
    void one_that_was_tried_is_sent_again_itself_and_what_waits_behind_it_merges() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(503);
        events(lane, A, "d");
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sent(A)).containsExactly("#1", "#1");

        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#1", "#4 for 2 from 2");
    }

    @Test
    void one_that_stands_for_others_does_so_in_each_attempt() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(200);
        endpoint.take(A).answers(503);
        events(lane, A, "d", "e");
        time.advance(LaneUnderTest.INTERVAL);
        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#3 for 1 from 2", "#3 for 1 from 2", "#5 for 1 from 4");
    }

    @Test
    void a_backlog_of_one_resource_goes_out_as_its_newest_without_a_stack_however_long_it_is() {
        backlog(A, 100_000);
        backlog(B, 3);
        LaneUnderTest lane = lane(8);

        lane.readAll();

        assertThat(sent(A)).as("the newest of the first page").containsExactly("#128 for 127 from 1");
        assertThat(sent(B)).containsExactly("#3 for 2 from 1");
        endpoint.take(A).answers(200);
        assertThat(sent(A)).hasSize(2).endsWith("#100000 for 99871 from 129");
        endpoint.take(A).answers(200);
        endpoint.take(B).answers(200);
        assertAccount(3, 100_000);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
    }

    @Test
    void what_had_been_merged_before_a_start_is_told_after_it_and_merges_on() {
        LaneUnderTest before = lane(1);
        events(before, B, "x");
        events(before, A, "a", "b", "c");
        endpoint.take(B).answers(200);
        assertThat(sent(A)).containsExactly("#3 for 2 from 1");
        before.close(); // With the newest on the wire, and nothing noted of that.
        backlog(A, 1);

        lane(8).readAll();

        assertThat(sent(A)).containsExactly("#3 for 2 from 1", "#4 for 3 from 1");
    }

    @Test
    void a_replayed_event_stands_for_no_newer_one_and_goes_out_by_itself() {
        LaneUnderTest lane = lane(1);
        events(lane, A, "a");
        for (int attempt = 1; attempt <= 4; attempt++) {
            endpoint.take(A).answers(500);
            time.advance(LaneUnderTest.INTERVAL);
        }
        events(lane, B, "x");
        events(lane, A, "b", "c");
        store.records().replay(io.cloudland.callback.model.DeadLetterFilter.all(), any -> true);
        lane.reader.read(A.slot());

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertThat(sent(A).subList(4, 6)).containsExactly("#3 for 1 from 2", "#1");
    }

    @Test
    void nothing_is_sent_before_the_store_has_noted_what_it_stands_for() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1");
        assertThat(lane.lane.isAtRest()).isFalse();
        events(lane, A, "d");
        answer();

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
    void while_the_endpoint_is_parked_the_backlog_merges_as_it_is_read_within_the_window() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        under.events(3);
        under.park();
        for (int round = 0; round < 2_000; round++) {
            for (long id = 4; id <= 9; id++) {
                under.event(instance(id));
            }
        }

        assertThat(under.store.stats().pending()).isLessThan(3 + 6 * (ResourceQueue.MOST + 1));
        assertThat(under.store.stats().coalesced()).isGreaterThan(11_000);
        assertThat(under.lanes.get(0).window.deliveries()).isLessThan(200);

        under.drain();

        StoreStats stats = under.store.stats();
        assertThat(stats.delivered() + stats.coalesced()).isEqualTo(12_003);
        assertThat(stats.pending()).isZero();
        for (long id = 4; id <= 9; id++) {
            assertThat(under.endpoint.sequencesSent(instance(id)))
                    .endsWith(2_000L)
                    .isSorted();
        }
    }

    @Test
    void a_backlog_that_was_there_before_merges_while_the_endpoint_is_paused() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        for (int i = 0; i < 20_000; i++) {
            under.append(instance(4 + i % 5));
        }
        under.flow.pauseByHand();

        under.lanes.get(0).readAll();

        assertThat(under.endpoint.all).isEmpty();
        assertThat(under.store.stats().pending()).isLessThanOrEqualTo(5 * ResourceQueue.MOST);
        under.flow.resume();
        under.drain();
        assertThat(under.endpoint.all).hasSize(5);
        assertThat(under.store.stats().coalesced()).isEqualTo(19_995);
    }

    @Test
    void a_line_that_the_store_still_merges_is_not_sent_from_and_the_lane_is_not_at_rest() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 1);
        events(lane, B, "x");
        backlog(A, ResourceQueue.MOST);
        lane.reader.read(A.slot());
        endpoint.take(B).answers(200);

        assertThat(answers).hasSize(1);
        assertThat(sent(A)).isEmpty();
        assertThat(lane.lane.inFlight()).isZero();
        assertThat(lane.lane.isAtRest()).isFalse();
        answer();

        assertThat(sent(A)).containsExactly("#16 for 15 from 1");
    }

    @Test
    void what_comes_while_nothing_may_be_sent_after_a_merge_is_merged_when_it_may_again() {
        LaneUnderTest lane = lane(Interposed.store(store, this::lateCoalesce), 1);
        backlog(A, 3);
        lane.readAll();
        lane.mayStart(false);
        answer();
        assertThat(sent(A)).isEmpty();

        events(lane, A, "d");
        lane.mayStart(true);
        lane.lane.goOn();
        answer();

        assertThat(sent(A)).containsExactly("#4 for 3 from 1");
    }

    @Test
    void one_that_was_on_the_wire_without_being_counted_goes_out_again_itself() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        under.events(3);
        under.park(); // By the failure of the third, which therefore does not count.
        ResourceRef third = instance(3);
        for (int i = 0; i < 20; i++) {
            under.event(third);
        }

        under.drain();

        assertThat(under.endpoint.sequencesSent(third))
                .startsWith(1L, 1L)
                .endsWith(21L)
                .hasSizeLessThan(6);
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
            answerAll();
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
        LaneUnderTest lane = lane(Interposed.store(store, this::late), 1);
        events(lane, A, "first");
        answerAll();
        endpoint.take(A).answers(503);
        answerAll();
        for (int round = 0; round < 30; round++) {
            backlog(A, 17);
            lane.reader.read(A.slot());
            answer(); // One call at a time, so that more comes while it is under way.
        }
        answerAll();

        assertThat(store.stats().pending()).isLessThanOrEqualTo(ResourceQueue.MOST);
        assertThat(lane.window.deliveries()).isLessThanOrEqualTo(ResourceQueue.MOST);
    }

    private void answerAll() {
        while (!answers.isEmpty()) {
            answer();
        }
    }

    private Future<?> lateCoalesce(String method, Supplier<Future<?>> call) {
        return method.equals("coalesce") ? late(method, call) : call.get();
    }

    private Future<?> late(String method, Supplier<Future<?>> call) {
        if (method.equals("append")) {
            return call.get();
        }
        Promise<Object> answer = Promise.promise();
        calls.add(call);
        answers.add(answer);
        return answer.future();
    }

    private void answer() {
        answer(0, false);
    }

    private void answer(int index, boolean fails) {
        Promise<Object> answer = answers.remove(index);
        Supplier<Future<?>> call = calls.remove(index);
        if (fails) {
            answer.fail("broken");
        } else {
            call.get().onSuccess(answer::complete).onFailure(answer::fail);
        }
    }

    private Future<?> lateOrFailing(String method, Supplier<Future<?>> call) {
        return late(method, call);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void however_late_the_store_answers_every_event_is_sent_or_stood_for_once_and_in_order(long seed) {
        Random random = new Random(seed);
        LaneUnderTest lane = new LaneUnderTest(
                new EndpointFlow(
                        io.cloudland.callback.model.Samples.endpoint("http://127.0.0.1:1/"),
                        FlowState.OPEN,
                        time,
                        () -> 0),
                new OutcomeClassifier(new RetryPolicy(1_000, LaneUnderTest.INTERVAL)),
                Interposed.store(store, this::lateOrFailing),
                time,
                endpoint,
                new io.cloudland.callback.observe.DeliveryListener() {},
                1 + random.nextInt(6),
                new Window(172 + random.nextInt(400), 1 << 21, 5 + random.nextInt(80)),
                Ordering.NEWEST);
        int resources = 1 + random.nextInt(12);
        int failing = random.nextInt(60);
        for (int made = 0; made < 2_000 || store.stats().pending() > 0; ) {
            for (int burst = random.nextInt(40); burst > 0 && made < 2_000; burst--, made++) {
                events(lane, instance(1 + random.nextInt(resources)), random.nextInt(9) == 0 ? "error" : "s" + made);
            }
            step(random, failing);
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

    private void step(Random random, int failing) {
        for (int i = random.nextInt(40); i > 0; i--) {
            if (!answers.isEmpty() && random.nextBoolean()) {
                answer(random.nextInt(answers.size()), false);
            } else if (endpoint.underWay() > 0) {
                endpoint.takeAny().answers(random.nextInt(100) < failing ? 503 : 200);
            }
        }
        if (random.nextInt(10) == 0) {
            time.advance(Duration.ofMillis(random.nextInt(6_000)));
        }
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
