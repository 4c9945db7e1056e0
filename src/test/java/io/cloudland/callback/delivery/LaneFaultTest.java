package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Interposed;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane whose store or listener fails, throws or answers late. */
class LaneFaultTest {

    private static final ResourceRef A = instance(1);
    private static final ResourceRef B = instance(2);
    private static final Duration INTERVAL = LaneUnderTest.INTERVAL;

    private final VirtualTimers time = new VirtualTimers();
    private final EventStore real = new MemoryEventStore(100_000, 100_000, time);
    private final FakeSender endpoint = new FakeSender();
    private final LateAnswers store = new LateAnswers(endpoint, time);

    private LaneUnderTest lane(Interposed.Between between, DeliveryListener listener, int maxRetries) {
        return new LaneUnderTest(
                Interposed.store(real, between), time, endpoint, listener, 8, maxRetries, Window.of(8, 1));
    }

    private LaneUnderTest lane(Interposed.Between between) {
        return lane(between, new DeliveryListener() {}, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "retryAt", "dead"})
    void a_store_that_throws_when_an_outcome_is_noted_holds_nothing_up(String method) {
        LaneUnderTest lane = lane(
                (called, call) -> {
                    if (called.equals(method)) {
                        throw new IllegalStateException("boom");
                    }
                    return call.get();
                },
                new DeliveryListener() {},
                1);

        deliverOneFailOneKillOne(lane);
    }

    @Test
    void a_store_that_cannot_note_an_outcome_sends_nothing_twice() {
        LaneUnderTest lane = lane(
                (called, call) -> Set.of("delivered", "retryAt", "dead").contains(called)
                        ? Future.failedFuture("full")
                        : call.get(),
                new DeliveryListener() {},
                1);

        deliverOneFailOneKillOne(lane);
        lane.readAll();
        time.advance(INTERVAL.multipliedBy(10));
        assertThat(endpoint.all).hasSize(5);
    }

    @Test
    void of_outcomes_that_a_lost_slot_keeps_from_being_noted_the_first_is_told_and_who_sends_again() {
        LaneUnderTest lane = lane((called, call) -> called.equals("delivered")
                ? Future.failedFuture(new CallbackException(ErrorCode.LEASE_LOST, "slot 7 has gone"))
                : call.get());
        try (LogOf log = LogOf.named("delivery")) {
            for (long id = 1; id <= 20; id++) {
                lane.event(instance(id));
                endpoint.take(instance(id)).answers(200);
            }

            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("gone to another node", "CB-1304 LEASE_LOST", "the new owner sends it again", "same id")
                    .doesNotContain("restart");
            assertThat(log.messages(Level.DEBUG)).anyMatch(line -> line.contains("not noted either: 20 so far"));
        }
    }

    @Test
    void while_the_store_is_slow_to_note_outcomes_no_more_is_sent_than_may_be_sent_again() {
        LaneUnderTest lane = lane((called, call) -> called.equals("delivered") ? store.late(called, call) : call.get());
        for (long id = 1; id <= 2_000; id++) {
            lane.append(instance(id));
        }
        lane.readAll();
        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }
        assertThat(endpoint.all).hasSizeBetween(Outcomes.MAX_UNNOTED, Outcomes.MAX_UNNOTED + 8);

        while (store.count() > 0) {
            store.next();
            while (endpoint.underWay() > 0) {
                endpoint.takeAny().answers(200);
            }
        }
        assertThat(endpoint.all).hasSize(2_000);
        assertThat(real.stats().delivered()).isEqualTo(2_000);
    }

    @Test
    void a_listener_that_throws_holds_nothing_up() {
        DeliveryListener throwing = new DeliveryListener() {
            @Override
            public void delivered(Delivery delivery, Attempt attempt) {
                throw new IllegalStateException("boom");
            }

            @Override
            public void retryScheduled(Delivery delivery, Attempt attempt, Instant next) {
                throw new AssertionError("boom");
            }

            @Override
            public void dead(Delivery delivery, Attempt attempt, String reason) {
                throw new IllegalStateException("boom");
            }
        };
        LaneUnderTest lane = lane((called, call) -> call.get(), throwing, 1);

        deliverOneFailOneKillOne(lane);

        assertThat(real.stats().delivered()).isEqualTo(2);
        assertThat(real.stats().dead()).isEqualTo(1);
    }

    private void deliverOneFailOneKillOne(LaneUnderTest lane) {
        lane.event(A);
        lane.event(A);
        lane.event(B);
        endpoint.take(A).answers(200);
        endpoint.take(A).answers(200);
        endpoint.take(B).answers(503);
        time.advance(INTERVAL);
        endpoint.take(B).answers(503);
        lane.event(A);

        assertThat(endpoint.sequencesSent(A)).containsExactly(1L, 2L, 3L);
        assertThat(endpoint.sequencesSent(B)).containsExactly(1L, 1L);
        assertThat(lane.lane.inFlight()).isEqualTo(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void a_slot_that_cannot_be_read_is_tried_again_and_holds_no_other_up() {
        boolean[] broken = {true};
        LaneUnderTest lane = lane((called, call) -> {
            if (called.equals("pending") && broken[0]) {
                broken[0] = false;
                throw new IllegalStateException("boom");
            }
            return call.get();
        });
        lane.event(A);
        lane.event(B);

        assertThat(endpoint.sequencesSent(A)).isEmpty();
        endpoint.take(B).answers(200);
        time.advance(ReadFailures.PAUSE);
        endpoint.take(A).answers(200);
    }

    @Test
    void a_resource_that_cannot_be_read_for_is_tried_again_and_loses_no_place() {
        int[] failures = {3};
        LaneUnderTest lane = lane((called, call) -> {
            if (called.equals("pendingOf") && failures[0]-- > 0) {
                return failures[0] == 1 ? failedByThrowing() : Future.failedFuture("broken");
            }
            return call.get();
        });
        lane.append(A, 40);
        lane.reader.read(A.slot());

        for (int i = 0; i < 40; i++) {
            if (endpoint.underWay() == 0) {
                assertThat(lane.lane.inFlight()).isZero();
                time.advance(ReadFailures.PAUSE);
            }
            endpoint.take(A).answers(200);
        }
        assertThat(failures[0]).isNegative();
        assertThat(real.stats().delivered()).isEqualTo(40);
        assertThat(endpoint.sequencesSent(A)).hasSize(40).isSorted();
    }

    private static Future<?> failedByThrowing() {
        throw new IllegalStateException("boom");
    }

    @Test
    void what_is_read_after_the_close_counts_for_nothing() {
        LaneUnderTest lane = lane(store::late);
        lane.reader.read(A.slot());
        lane.close();
        real.append(change(A, "running"), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));

        store.next();

        assertThat(endpoint.all).isEmpty();
        assertThat(lane.window.deliveries()).isZero();
    }

    @Test
    void a_sink_that_throws_stops_no_later_read() {
        boolean[] broken = {true};
        List<Delivery> took = new ArrayList<>();
        SlotReader reader =
                new SlotReader(real, "default", Window.of(8, 1), time, new ReadFailures("default", time), found -> {
                    if (broken[0]) {
                        throw new IllegalStateException("boom");
                    }
                    took.addAll(found);
                });
        LaneUnderTest lane = lane((called, call) -> call.get());
        lane.append(A);
        try {
            reader.read(A.slot());
        } catch (IllegalStateException boom) { // Not every Vert.x lets it through.
            assertThat(boom).hasMessage("boom");
        }
        assertThat(took).isEmpty();
        broken[0] = false;
        lane.append(A);

        reader.read(A.slot());

        assertThat(took).extracting(delivery -> delivery.event().sequence()).containsExactly(2L);
    }

    @Test
    void a_close_leaves_no_timer() {
        LaneUnderTest lane = lane((called, call) -> call.get());
        lane.event(A);
        endpoint.take(A).answers(503);
        assertThat(time.scheduled()).isEqualTo(1);

        lane.close();

        assertThat(time.scheduled()).isZero();
    }

    @Test
    void a_clock_that_was_set_back_holds_a_retry_no_longer_than_the_interval() {
        LaneUnderTest lane = lane((called, call) -> call.get());
        lane.append(A);
        Delivery delivery = real.pending("default", A.slot(), -1, 1).result().get(0);
        Instant whenTheClockWasAhead = time.now().plus(Duration.ofHours(5));
        Attempt first = new Attempt(1, whenTheClockWasAhead, Duration.ZERO, new AttemptOutcome.Answered(503, ""));
        real.retryAt(delivery, first, whenTheClockWasAhead.plus(INTERVAL));

        lane.readAll();
        assertThat(endpoint.all).isEmpty();
        time.advance(INTERVAL);

        assertThat(endpoint.take(A).attemptNumber()).isEqualTo(2);
    }

    @Test
    void
            a_clock_that_jumps_while_an_attempt_is_under_way_holds_its_retry_no_longer_than_the_interval_after_a_restart() {
        LaneUnderTest lane = lane((called, call) -> call.get());
        lane.event(A);
        time.jump(Duration.ofDays(400));
        endpoint.take(A).answers(503);
        time.jump(Duration.ofDays(-400));
        lane.close();

        lane((called, call) -> call.get()).readAll();
        time.advance(INTERVAL);

        assertThat(endpoint.take(A).attemptNumber()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void however_late_the_store_answers_nothing_is_lost_sent_twice_or_out_of_order(long seed) {
        Random random = new Random(seed);
        int resources = 1 + random.nextInt(60);
        LaneUnderTest lane = new LaneUnderTest(
                Interposed.store(real, store::late),
                time,
                endpoint,
                new DeliveryListener() {},
                1 + random.nextInt(12),
                1 + random.nextInt(4),
                new Window(172 + random.nextInt(400), 1 << 21, 5 + random.nextInt(80)));
        int failing = random.nextInt(90);
        Map<ResourceRef, Long> expected = new HashMap<>();
        int events = 3_000;
        for (int made = 0; made < events || real.stats().pending() > 0; ) {
            if (made < events && random.nextInt(3) == 0) {
                ResourceRef resource = instance(1 + (random.nextBoolean() ? random.nextInt(resources) : 0));
                for (int burst = random.nextInt(30); burst >= 0 && made < events; burst--, made++) {
                    lane.event(resource);
                    expected.merge(resource, 1L, Long::sum);
                }
            }
            store.step(random, failing);
        }
        expected.forEach((resource, count) -> assertThat(
                        endpoint.sequencesSent(resource).stream().distinct())
                .hasSize(count.intValue())
                .isSorted());
        assertNoneSentTwice();
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(lane.lane.inFlight()).isZero();
    }

    /** Every attempt number of a delivery once: a retry is a new number, the same number twice is an event sent twice. */
    private void assertNoneSentTwice() {
        assertThat(endpoint.all.stream().map(sent -> sent.delivery().event().id() + " " + sent.attemptNumber()))
                .doesNotHaveDuplicates();
        assertThat(endpoint.all)
                .allSatisfy(sent -> assertThat(sent.attemptNumber()).isBetween(1, 5));
    }
}
