package io.cloudland.callback.delivery;

import static io.cloudland.callback.delivery.FlowUnderTest.PARKING;
import static io.cloudland.callback.delivery.FlowUnderTest.PROBE;
import static io.cloudland.callback.delivery.FlowUnderTest.retries;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.StatusSet;
import io.cloudland.callback.observe.LogOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParkedEndpointTest {

    private static final Duration AFTER_YOU = FlowRules.AFTER_YOU;

    private final FlowUnderTest under = new FlowUnderTest(3, 30, PARKING, retries());

    private int probes() {
        return under.endpoint.underWay();
    }

    /** Moves on to where the next probe is due, whoever made the last. */
    private void nextProbe(Duration pause) {
        under.time.advance(pause.plus(AFTER_YOU));
    }

    @Test
    void after_so_many_failures_in_a_row_nothing_is_started_but_one_probe_over_all_workers() {
        under.events(300);
        under.park();
        assertThat(under.status().state()).isEqualTo(State.PARKED);
        under.answerAll(500);
        assertThat(under.endpoint.all)
                .hasSize(32); // The limit, and one more after each failure but the one that parked it.

        under.time.advance(PROBE.minusMillis(1));
        assertThat(probes()).isZero();
        under.time.advance(Duration.ofMillis(1));
        assertThat(probes()).isEqualTo(1);
        under.time.advance(Duration.ofMinutes(10));
        assertThat(probes()).isEqualTo(1);
    }

    @Test
    void pauses_between_probes_double_up_to_the_longest() {
        under.events(300);
        under.park();
        under.answerAll(500);
        List<Long> pauses = new ArrayList<>();
        long last = under.time.nanoTime();
        while (pauses.size() < 5) {
            if (probes() == 1) {
                pauses.add(Duration.ofNanos(under.time.nanoTime() - last).toSeconds());
                last = under.time.nanoTime();
                assertThat(under.answerAll(500)).isEqualTo(1);
            }
            under.time.advance(Duration.ofMillis(100));
        }

        assertThat(pauses).containsExactly(10L, 20L, 40L, 40L, 40L);
        assertThat(under.status().probes()).isEqualTo(5);
    }

    @Test
    void no_retry_is_spent_while_it_is_parked_and_nothing_dies() {
        under.events(300);
        under.park();
        under.answerAll(500);
        for (int i = 0; i < 200; i++) {
            nextProbe(Duration.ofSeconds(40));
            under.answerAll(500);
        }

        assertThat(under.told).hasSize(2); // Those before the one that parked it.
        assertThat(under.store.stats().dead()).isZero();
        assertThat(under.store.stats().pending()).isEqualTo(300);
        // The two that failed before are probes too, in their turn: always with their second attempt, never with a
        // third.
        assertThat(under.endpoint.all)
                .extracting(FakeSender.Sent::attemptNumber)
                .contains(2)
                .containsOnly(1, 2);
    }

    @Test
    void a_probe_that_is_taken_lets_the_backlog_flow_at_a_rising_rate_up_to_the_limit() {
        under.events(300);
        under.park();
        under.answerAll(500);
        nextProbe(PROBE);

        List<Integer> atOnce = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            atOnce.add(under.answerAll(200));
        }

        assertThat(atOnce).containsExactly(1, 1, 2, 4, 8, 16, 30, 30);
        assertThat(under.status().state()).isEqualTo(State.ACTIVE);
        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(300);
        assertThat(under.flow.isFree()).isTrue();
        assertThat(under.time.scheduled()).isZero();
    }

    @Test
    void one_warning_when_it_is_parked_one_line_when_it_is_back_and_none_between() {
        try (LogOf log = LogOf.named("delivery")) {
            under.events(300);
            under.park();
            under.answerAll(500);
            for (int i = 0; i < 20; i++) {
                nextProbe(Duration.ofSeconds(40));
                under.answerAll(500);
            }
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "endpoint default is parked: 3 failed attempts in a row since 2025-10-30T10:30:00Z,"
                                    + " the last with: HTTP 500; its deliveries wait and spend no retries. One of them is tried in"
                                    + " 10 s, then after pauses that double up to 40 s, until it is taken");
            nextProbe(Duration.ofSeconds(40));
            under.drain();

            assertThat(log.messages(Level.WARN)).hasSize(1);
            assertThat(log.messages(Level.INFO))
                    .containsExactly(
                            "endpoint default takes events again: it was parked for 842 s, 20 probes failed; 300"
                                    + " deliveries are pending in all, its own go out in order at a rising rate");
        }
    }

    @Test
    void one_that_fails_again_before_it_is_all_there_goes_on_with_the_pauses_it_had() {
        under.events(300);
        under.park();
        under.answerAll(500);
        nextProbe(PROBE);
        under.answerAll(500);
        nextProbe(Duration.ofSeconds(20));
        under.answerAll(200);
        for (int i = 0; i < 3; i++) {
            assertThat(under.answerAll(500)).isEqualTo(1);
        }

        assertThat(under.status().state()).isEqualTo(State.PARKED);
        under.time.advance(Duration.ofSeconds(20).minusMillis(1));
        assertThat(probes()).isZero();
        under.time.advance(AFTER_YOU);
        assertThat(probes()).isEqualTo(1);
    }

    @Test
    void a_success_in_between_starts_the_count_anew() {
        under.events(300);
        for (int i = 0; i < 20; i++) {
            under.endpoint.takeAny().answers(500);
            under.endpoint.takeAny().answers(500);
            under.endpoint.takeAny().answers(200);
        }

        assertThat(under.status().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void an_answer_about_one_event_alone_parks_nothing() {
        RetrySettings base = retries();
        RetrySettings picky = new RetrySettings(
                base.backoff(),
                base.max(),
                base.interval(),
                base.intervalMax(),
                0,
                Optional.empty(),
                List.of(),
                StatusSet.SPECIFICATION,
                new StatusSet(List.of(new StatusSet.Range(422, 422))));
        FlowUnderTest refusing = new FlowUnderTest(3, 30, PARKING, picky);
        refusing.events(300);
        for (int i = 0; i < 20; i++) {
            refusing.answerAll(422);
        }

        assertThat(refusing.status().state()).isEqualTo(State.ACTIVE);
        assertThat(refusing.store.stats().dead()).isEqualTo(300);
    }

    @Test
    void by_default_a_failing_endpoint_is_never_parked_and_its_events_die_as_the_specification_has_it() {
        FlowUnderTest plain = new FlowUnderTest(3, 30, FlowSettings.UNLIMITED, retries());
        plain.events(300);
        for (int i = 0; i < 80; i++) {
            while (plain.answerAll(500) > 0) {}
            plain.time.advance(Duration.ofSeconds(1));
        }

        assertThat(plain.store.stats().dead()).isEqualTo(300);
        assertThat(plain.endpoint.all).hasSize(1200);
    }

    @Test
    void one_event_that_is_never_taken_does_not_keep_the_endpoint_parked_while_others_wait() {
        under.events(3);
        under.park();
        for (int i = 0; i < 100 && under.store.stats().pending() > 1; i++) {
            under.time.advance(Duration.ofSeconds(1));
            while (under.endpoint.underWay() > 0) {
                FakeSender.Sent sent = under.endpoint.takeAny();
                sent.answers(sent.delivery().resource().equals(instance(1)) ? 500 : 200);
            }
        }

        assertThat(under.store.stats().delivered()).isEqualTo(2);
    }

    @Test
    void while_parked_no_more_than_the_window_is_in_memory() {
        Window small = new Window(512, 4L << 20, 100);
        FlowUnderTest one = new FlowUnderTest(1, 8, PARKING, retries(), small);
        one.events(20);
        one.park();
        one.answerAll(500);
        for (int i = 0; i < 5_000; i++) {
            one.event(instance(1 + i % 90));
            if (i % 50 == 0) {
                one.time.advance(Duration.ofSeconds(40).plus(AFTER_YOU));
                one.answerAll(500);
            }
            assertThat(small.deliveries()).isLessThanOrEqualTo(512);
        }

        assertThat(one.store.stats().pending()).isEqualTo(5_020);
        one.time.advance(Duration.ofMinutes(1));
        one.drain();
        assertThat(one.store.stats().delivered()).isEqualTo(5_020);
    }

    /** Resources that waited for a retry gave back their bodies; each probe reads one of them again. */
    @Test
    void however_often_it_is_probed_no_more_than_the_window_is_in_memory() {
        Window small = new Window(512, 4L << 20, 5_000);
        FlowSettings late = new FlowSettings(1_200, PROBE, PROBE, 0);
        FlowUnderTest one = new FlowUnderTest(1, 8, late, retries(), small);
        one.events(2_000);
        while (one.status().state() != State.PARKED) {
            one.answerAll(500);
        }
        for (int probe = 0; probe < 2_000; probe++) {
            one.time.advance(PROBE.plus(AFTER_YOU));
            one.answerAll(500);
            assertThat(small.deliveries()).as("after probe " + probe).isLessThanOrEqualTo(512);
        }

        one.time.advance(Duration.ofMinutes(1));
        one.drain();
        assertThat(one.store.stats().delivered()).isEqualTo(2_000);
    }

    @Test
    void resume_by_hand_tries_at_once() {
        under.events(300);
        under.park();
        under.answerAll(500);
        assertThat(probes()).isZero();

        under.flow.resume();

        assertThat(probes()).isEqualTo(1);
        assertThat(under.status().state()).isEqualTo(State.PARKED);
    }

    @Test
    void whatever_the_endpoint_does_nothing_is_lost_nothing_overtakes_and_at_most_one_probe_is_out() {
        Random random = new Random(20251124);
        boolean away = false;
        int sentWhenParked = -1;
        long probesSeen = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i < 3_000) {
                under.event(instance(1 + random.nextInt(40)));
            }
            away = (random.nextInt(100) == 0) != away;
            if (probes() > 0 && random.nextInt(3) == 0) {
                under.endpoint.takeAny().answers(away ? 503 : 200);
            }
            if (random.nextInt(10) == 0) {
                under.time.advance(Duration.ofMillis(random.nextInt(5_000)));
            }
            boolean parked = under.status().state() == State.PARKED;
            sentWhenParked = parked ? Math.max(sentWhenParked, 0) : -1;
            if (parked && sentWhenParked == 0) {
                sentWhenParked = under.endpoint.all.size();
            }
            long out = parked ? unanswered(sentWhenParked) : 0;
            assertThat(out).isLessThanOrEqualTo(1);
            probesSeen += out;
        }
        under.time.advance(Duration.ofMinutes(5));
        under.drain();

        assertThat(under.store.stats().delivered() + under.store.stats().dead()).isEqualTo(3_000);
        for (long id = 1; id <= 40; id++) {
            assertThat(under.endpoint.sequencesSent(instance(id))).isSorted();
        }
        assertThat(under.lanes).allMatch(lane -> lane.lane.isEmpty());
        assertThat(probesSeen).isPositive();
    }

    /** How many of those that were sent after the first so many are not answered yet. */
    private long unanswered(int first) {
        return under.endpoint.all.subList(first, under.endpoint.all.size()).stream()
                .filter(sent -> !sent.answer().future().isComplete())
                .count();
    }
}
