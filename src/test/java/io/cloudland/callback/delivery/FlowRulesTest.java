package io.cloudland.callback.delivery;

import static io.cloudland.callback.delivery.FlowRules.AFTER_YOU;
import static io.cloudland.callback.delivery.FlowRules.UNTIL_TOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.delivery.FlowState.Hold;
import io.cloudland.callback.delivery.FlowState.Recovery;
import io.cloudland.callback.model.FlowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows for an endpoint from what, one rule at a time. */
class FlowRulesTest {

    private static final FlowSettings SETTINGS = FlowUnderTest.PARKING;
    private static final int LIMIT = 8;
    private static final long OTHER_EPOCH = 77;

    private final FlowRules rules = new FlowRules(SETTINGS, LIMIT);

    private static Moment at(long seconds) {
        return new Moment(seconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private FlowState failed(FlowState state, int times, long second) {
        FlowState failed = state;
        for (int i = 0; i < times; i++) {
            failed = rules.failed(failed, failed.epoch(), "HTTP 500", at(second));
        }
        return failed;
    }

    private FlowState parked() {
        return failed(FlowState.OPEN, 3, 0);
    }

    private static FlowState recovering(int limit, int underWay, int probes) {
        return FlowState.OPEN.with(new Recovery(limit, underWay, probes));
    }

    private long wait(FlowState state, int lane, long second) {
        return rules.waitNanos(state, lane, seconds(second));
    }

    @Test
    void nothing_starts_before_somebody_acts_where_it_is_paused_by_hand_stopped_or_has_not_agreed() {
        FlowState byHand = rules.pausedByHand(FlowState.OPEN, at(0));
        FlowState stopped = rules.gone(FlowState.OPEN, EndpointFlow.FREE, "HTTP 410", at(0));
        FlowState unconfirmed = FlowState.OPEN.with(new Consent.Wanted(at(0), "no", 1, at(0), false));

        assertThat(List.of(byHand, stopped, unconfirmed)).allMatch(state -> wait(state, 0, 1_000) == UNTIL_TOLD);
        assertThat(wait(FlowState.OPEN, 0, 0)).isZero();
    }

    @Test
    void the_last_of_so_many_failures_in_a_row_parks_it_and_all_lanes_may_probe_at_the_same_time() {
        assertThat(failed(FlowState.OPEN, 2, 0).parked()).isNull();
        FlowState parked = parked();

        assertThat(parked.parked().failures()).isEqualTo(3);
        assertThat(parked.epoch()).isEqualTo(FlowState.OPEN.epoch() + 1);
        for (int lane = 0; lane < 3; lane++) {
            assertThat(wait(parked, lane, 0)).isEqualTo(seconds(10));
        }
    }

    @Test
    void where_it_is_not_to_be_parked_no_number_of_failures_parks_it() {
        FlowRules never = new FlowRules(FlowSettings.UNLIMITED, LIMIT);
        FlowState state = FlowState.OPEN;
        for (int i = 0; i < 1_000; i++) {
            state = never.failed(state, state.epoch(), "HTTP 500", at(i));
        }
        assertThat(state.parked()).isNull();
        assertThat(state.failures()).isEqualTo(1_000);
    }

    @Test
    void one_that_is_stopped_is_not_parked_by_what_fails_then() {
        FlowState stopped = rules.gone(FlowState.OPEN, EndpointFlow.FREE, "HTTP 410", at(0));
        assertThat(failed(stopped, 20, 1).parked()).isNull();
    }

    @Test
    void failures_count_from_the_first_and_a_success_ends_the_count() {
        FlowState twice = rules.failed(failed(FlowState.OPEN, 1, 5), 1, "HTTP 500", at(9));
        assertThat(twice.failing()).isEqualTo(new FlowState.Failing(2, at(5)));
        assertThat(rules.succeeded(twice, 1).failures()).isZero();
    }

    @Test
    void one_lane_probes_at_a_time_and_the_one_that_did_lets_the_others_go_first() {
        FlowState probing = rules.started(parked(), 1);
        assertThat(wait(probing, 0, 50)).isEqualTo(UNTIL_TOLD);

        FlowState inVain = failed(probing, 1, 10);
        assertThat(wait(inVain, 0, 10)).isEqualTo(seconds(20));
        assertThat(wait(inVain, 1, 10)).isEqualTo(seconds(20) + AFTER_YOU.toNanos());
    }

    @Test
    void probes_in_vain_count_as_failures_and_their_pauses_double_up_to_the_longest() {
        FlowState state = parked();
        List<Long> pauses = new ArrayList<>();
        for (int probe = 0; probe < 4; probe++) {
            state = failed(rules.started(state, 0), 1, 0);
            pauses.add(wait(state, 1, 0));
        }
        assertThat(pauses).containsExactly(seconds(20), seconds(40), seconds(40), seconds(40));
        assertThat(state.parked().probes()).isEqualTo(4);
        assertThat(state.failures()).isEqualTo(7);
    }

    @Test
    void what_fails_late_from_before_it_was_parked_is_no_probe_but_a_failure() {
        FlowState probing = rules.started(parked(), 0);
        FlowState late = rules.failed(probing, OTHER_EPOCH, "HTTP 500", at(3));

        assertThat(late.parked()).isEqualTo(probing.parked());
        assertThat(late.failures()).isEqualTo(4);
    }

    @Test
    void one_that_is_parked_and_asked_for_patience_is_probed_when_both_have_passed() {
        assertThat(wait(rules.paused(parked(), Duration.ofSeconds(60), "HTTP 429", at(0)), 0, 0))
                .isEqualTo(seconds(60));
        assertThat(wait(rules.paused(parked(), Duration.ofSeconds(1), "HTTP 429", at(0)), 0, 0))
                .isEqualTo(seconds(10));
    }

    @Test
    void after_a_probe_that_was_taken_it_begins_with_one_at_a_time_and_remembers_its_pauses() {
        FlowState inVain = failed(rules.started(parked(), 0), 2, 0);
        FlowState back = rules.succeeded(rules.started(inVain, 0), inVain.epoch());

        assertThat(back.recovery()).isEqualTo(new Recovery(1, 0, 2));
        assertThat(back.parked()).isNull();
        assertThat(back.failures()).isZero();
        assertThat(back.epoch()).isEqualTo(inVain.epoch() + 1);
    }

    @Test
    void a_limit_of_two_has_a_step_before_it_and_a_limit_of_one_none() {
        assertThat(new FlowRules(SETTINGS, 2).succeeded(parked(), 2).recovery()).isEqualTo(new Recovery(1, 0, 0));
        assertThat(new FlowRules(SETTINGS, 1).succeeded(parked(), 2).isFree()).isTrue();
    }

    @Test
    void each_success_lets_one_more_go_until_that_is_the_limit() {
        FlowState six = recovering(6, 2, 1);
        FlowState seven = rules.succeeded(six, six.epoch());

        assertThat(seven.recovery()).isEqualTo(new Recovery(7, 1, 1));
        assertThat(rules.succeeded(seven, seven.epoch()).isFree()).isTrue();
        assertThat(rules.succeeded(six, OTHER_EPOCH).recovery()).isEqualTo(six.recovery());
    }

    @Test
    void while_it_recovers_no_more_start_than_its_step_allows_and_a_pause_holds_all_the_same() {
        FlowState one = rules.started(recovering(2, 0, 0), 0);
        assertThat(one.recovery()).isEqualTo(new Recovery(2, 1, 0));
        assertThat(wait(one, 0, 0)).isZero();
        assertThat(wait(rules.started(one, 0), 0, 0)).isEqualTo(UNTIL_TOLD);
        assertThat(wait(rules.paused(one, Duration.ofSeconds(7), "HTTP 429", at(0)), 0, 0))
                .isEqualTo(seconds(7));
    }

    @Test
    void a_failure_halves_the_step_but_not_one_from_before() {
        FlowState state = recovering(6, 2, 1);
        assertThat(failed(state, 1, 0).recovery()).isEqualTo(new Recovery(3, 1, 1));
        assertThat(failed(recovering(1, 1, 1), 1, 0).recovery()).isEqualTo(new Recovery(1, 0, 1));
        assertThat(rules.failed(state, OTHER_EPOCH, "HTTP 500", at(0)).recovery())
                .isEqualTo(state.recovery());
    }

    @Test
    void one_that_fails_again_while_it_recovers_is_parked_with_the_pause_it_had() {
        FlowState again = failed(recovering(6, 3, 1), 3, 0);
        assertThat(again.parked().probes()).isEqualTo(1);
        assertThat(again.recovery()).isNull();
        assertThat(wait(again, 0, 0)).isEqualTo(seconds(20));
    }

    @Test
    void an_answer_about_one_event_ends_a_probe_in_vain_and_is_no_failure_of_the_endpoint() {
        FlowState probing = rules.started(parked(), 0);
        FlowState answered = rules.answered(probing, probing.epoch(), at(0));

        assertThat(answered.parked().probing()).isFalse();
        assertThat(answered.parked().probes()).isEqualTo(1);
        assertThat(answered.failures()).isEqualTo(3);
        assertThat(rules.answered(probing, OTHER_EPOCH, at(0))).isSameAs(probing);
    }

    @Test
    void such_an_answer_gives_its_place_back_while_it_recovers_and_changes_nothing_else() {
        FlowState state = recovering(6, 2, 1);
        assertThat(rules.answered(state, state.epoch(), at(0)).recovery()).isEqualTo(new Recovery(6, 1, 1));
        assertThat(rules.answered(FlowState.OPEN, FlowState.OPEN.epoch(), at(0)))
                .isSameAs(FlowState.OPEN);
    }

    @Test
    void a_probe_that_was_not_sent_is_none_and_the_next_is_due_when_it_was() {
        FlowState parked = parked();
        FlowState notSent = rules.notSent(rules.started(parked, 0), parked.epoch());

        assertThat(notSent.parked().probing()).isFalse();
        assertThat(notSent.parked().probes()).isZero();
        assertThat(notSent.parked().next()).isEqualTo(parked.parked().next());
        assertThat(notSent.failures()).isEqualTo(parked.failures());
        FlowState probing = rules.started(parked, 0);
        assertThat(rules.notSent(probing, OTHER_EPOCH)).isSameAs(probing);
    }

    @Test
    void an_attempt_that_was_not_sent_gives_its_place_back_while_it_recovers_and_changes_nothing_else() {
        FlowState state = recovering(6, 2, 1);
        assertThat(rules.notSent(state, state.epoch()).recovery()).isEqualTo(new Recovery(6, 1, 1));
        assertThat(rules.notSent(state, OTHER_EPOCH)).isSameAs(state);
        assertThat(rules.notSent(FlowState.OPEN, FlowState.OPEN.epoch())).isSameAs(FlowState.OPEN);
    }

    @Test
    void of_two_pauses_the_one_that_ends_later_holds_and_both_are_one_while_they_overlap() {
        FlowState first = rules.paused(FlowState.OPEN, Duration.ofSeconds(10), "HTTP 429", at(0));
        assertThat(rules.paused(first, Duration.ofSeconds(2), "HTTP 503", at(5)))
                .isSameAs(first);

        FlowState longer = rules.paused(first, Duration.ofSeconds(20), "HTTP 503", at(5));
        assertThat(longer.pause()).isEqualTo(new FlowState.Pause(at(0), at(25), "HTTP 503"));
        FlowState later = rules.paused(first, Duration.ofSeconds(20), "HTTP 503", at(11));
        assertThat(later.pause().since()).isEqualTo(at(11));
    }

    @Test
    void a_pause_that_has_passed_is_forgotten_with_the_next_attempt() {
        FlowState paused = rules.paused(FlowState.OPEN, Duration.ofSeconds(10), "HTTP 429", at(0));
        assertThat(wait(paused, 0, 4)).isEqualTo(seconds(6));
        assertThat(rules.started(paused, 0).isFree()).isTrue();
    }

    @Test
    void one_that_is_gone_is_so_since_it_said_so_first_and_its_probe_is_over() {
        FlowState probing = rules.started(parked(), 0);
        FlowState gone = rules.gone(probing, probing.epoch(), "HTTP 410", at(5));
        assertThat(gone.stopped()).isEqualTo(new Hold(at(5), "HTTP 410"));
        assertThat(gone.parked().probing()).isFalse();
        assertThat(rules.gone(gone, OTHER_EPOCH, "HTTP 410 again", at(6)).stopped())
                .isEqualTo(gone.stopped());
    }

    @Test
    void a_pause_by_hand_is_one_since_it_was_asked_for_first() {
        FlowState once = rules.pausedByHand(FlowState.OPEN, at(1));
        assertThat(rules.pausedByHand(once, at(9)).byHand()).isEqualTo(new Hold(at(1), "paused by hand"));
    }

    @Test
    void a_resume_lifts_whatever_holds_it_and_one_that_is_parked_is_probed_at_once_but_by_one_lane() {
        FlowState held = rules.paused(
                rules.pausedByHand(rules.gone(FlowState.OPEN, EndpointFlow.FREE, "HTTP 410", at(0)), at(0)),
                Duration.ofDays(1),
                "HTTP 429",
                at(0));
        assertThat(rules.resumed(held, at(1)).isFree()).isTrue();

        FlowState parked = rules.resumed(parked(), at(1));
        assertThat(wait(parked, 0, 1)).isZero();
        assertThat(parked.parked().probes()).isZero();
        FlowState probing = rules.resumed(rules.started(parked(), 0), at(1));
        assertThat(wait(probing, 1, 1)).isEqualTo(UNTIL_TOLD);
    }

    @Test
    void a_resume_asks_one_at_once_that_has_not_agreed() {
        FlowState refused = FlowState.OPEN.with(new Consent.Wanted(at(0), "no", 3, at(500), false));
        assertThat(rules.resumed(refused, at(1)).consent()).isEqualTo(new Consent.Wanted(at(0), "no", 3, at(1), false));
    }

    @Test
    void another_configuration_lifts_a_stop_and_no_pause_by_hand() {
        FlowState held = rules.pausedByHand(rules.gone(FlowState.OPEN, EndpointFlow.FREE, "HTTP 410", at(0)), at(0));
        FlowState other = rules.reconfigured(held);
        assertThat(other.stopped()).isNull();
        assertThat(other.byHand()).isNotNull();
    }
}
