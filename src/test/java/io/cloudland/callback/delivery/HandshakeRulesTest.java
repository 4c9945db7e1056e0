package io.cloudland.callback.delivery;

import static io.cloudland.callback.delivery.FlowRules.UNTIL_TOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.delivery.Consent.Given;
import io.cloudland.callback.delivery.Consent.Wanted;
import io.cloudland.callback.delivery.FlowState.Hold;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.HandshakeSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an endpoint is asked whether it wants events, one rule at a time. */
class HandshakeRulesTest {

    private static final FlowSettings ASKED = new FlowSettings(
            3, Duration.ofSeconds(10), Duration.ofSeconds(40), 0, Optional.of(new HandshakeSettings("us", 0)));

    private final HandshakeRules rules = new HandshakeRules(ASKED);
    private final FlowState begun = rules.begun(FlowState.OPEN, at(0));

    private static Moment at(long seconds) {
        return new Moment(seconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static FlowState refused(HandshakeRules rules, FlowState state, long patience, long second) {
        return rules.refused(rules.asked(state), "HTTP 405", Duration.ofSeconds(patience), at(second));
    }

    @Test
    void one_that_is_new_is_asked_at_once_by_one() {
        assertThat(begun.consent()).isEqualTo(new Wanted(at(0), "not asked yet", 0, at(0), false));
        assertThat(rules.waitNanos(begun, 0)).isZero();
        assertThat(rules.waitNanos(rules.asked(begun), seconds(1_000))).isEqualTo(UNTIL_TOLD);
    }

    @Test
    void one_that_is_not_to_be_asked_has_agreed_and_nobody_asks_it() {
        HandshakeRules unasked = new HandshakeRules(FlowSettings.UNLIMITED);
        FlowState open = unasked.begun(begun, at(0));
        assertThat(open.consent()).isEqualTo(Consent.UNASKED);
        assertThat(unasked.waitNanos(open, 0)).isEqualTo(UNTIL_TOLD);
        assertThat(unasked.asked(open)).isSameAs(open);
    }

    @Test
    void nobody_asks_one_that_is_paused_by_hand_or_stopped() {
        Hold hold = new Hold(at(0), "why");
        assertThat(rules.waitNanos(begun.byHand(hold), 0)).isEqualTo(UNTIL_TOLD);
        assertThat(rules.waitNanos(begun.stopped(hold), 0)).isEqualTo(UNTIL_TOLD);
    }

    @Test
    void one_that_refuses_is_asked_again_after_pauses_that_double_up_to_the_longest() {
        List<Long> pauses = new ArrayList<>();
        FlowState state = begun;
        for (int i = 0; i < 4; i++) {
            state = refused(rules, state, 0, 100);
            pauses.add(rules.waitNanos(state, seconds(100)));
        }
        assertThat(pauses).containsExactly(seconds(10), seconds(20), seconds(40), seconds(40));
        assertThat(rules.waitNanos(state, seconds(106))).isEqualTo(seconds(34));
        assertThat(state.consent()).isEqualTo(new Wanted(at(0), "HTTP 405", 4, at(140), false));
    }

    @Test
    void of_its_own_wish_and_our_pause_the_longer_holds() {
        assertThat(rules.waitNanos(refused(rules, begun, 300, 0), 0)).isEqualTo(seconds(300));
        assertThat(rules.waitNanos(refused(rules, begun, 9, 0), 0)).isEqualTo(seconds(10));
        assertThat(rules.waitNanos(refused(rules, begun, 10, 0), 0)).isEqualTo(seconds(10));
    }

    @Test
    void one_that_agrees_is_sent_to_at_the_rate_that_it_allows_and_asked_no_more() {
        FlowState agreed = rules.granted(rules.asked(begun), 120);
        assertThat(agreed.consent()).isEqualTo(new Given(120));
        assertThat(rules.waitNanos(agreed, seconds(1_000))).isEqualTo(UNTIL_TOLD);
    }

    @Test
    void a_refusal_that_comes_after_it_has_agreed_changes_nothing() {
        FlowState agreed = rules.granted(begun, 0);
        assertThat(rules.refused(agreed, "late", Duration.ZERO, at(1))).isSameAs(agreed);
    }
}
