package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.StatusSet;
import io.cloudland.callback.observe.LogOf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 410 stops the endpoint, where it is not retried. */
class StoppedEndpointTest {

    private final FlowUnderTest under = new FlowUnderTest(3, 6, FlowSettings.UNLIMITED, standard());

    private static RetrySettings standard() {
        return new RetrySettings(
                Backoff.FIXED,
                3,
                LaneUnderTest.INTERVAL,
                LaneUnderTest.INTERVAL,
                0,
                Optional.empty(),
                List.of(),
                StatusSet.STANDARD,
                StatusSet.NONE);
    }

    @Test
    void nothing_is_sent_any_more_and_nothing_is_thrown_away_and_one_warning_is_logged() {
        try (LogOf log = LogOf.named("delivery")) {
            under.events(60);
            under.answerAll(410);
            under.events(60);
            under.time.advance(Duration.ofDays(30));

            assertThat(under.endpoint.all).hasSize(6);
            assertThat(under.store.stats().pending()).isEqualTo(120);
            assertThat(under.store.stats().dead()).isZero();
            assertThat(under.told).isEmpty();
            assertThat(under.status().state()).isEqualTo(State.STOPPED);
            assertThat(log.messages(Level.WARN))
                    .containsExactly(
                            "endpoint default is stopped: HTTP 410 at attempt 1, by which the endpoint says that it"
                                    + " is gone; its deliveries wait, none is lost. They go on after 'resume default', a change of"
                                    + " its configuration, or a restart");
        }
    }

    @Test
    void what_else_fails_meanwhile_does_not_count() {
        under.events(60);
        under.answerAny(410, Duration.ZERO);
        under.answerAll(500);

        assertThat(under.told).isEmpty();
        assertThat(under.endpoint.underWay()).isZero();
    }

    @Test
    void a_resume_by_hand_lets_all_of_it_go_on_in_order() {
        for (int i = 0; i < 3; i++) {
            under.events(60);
        }
        under.answerAll(410);

        under.flow.resume();
        under.drain();

        assertThat(under.store.stats().delivered()).isEqualTo(180);
        for (long id = 1; id <= 60; id++) {
            assertThat(under.endpoint.sequencesSent(instance(id))).isSorted();
        }
        assertThat(under.endpoint.all)
                .extracting(FakeSender.Sent::attemptNumber)
                .containsOnly(1);
    }

    @Test
    void a_changed_configuration_lets_it_go_on_and_it_is_stopped_again_where_it_is_still_gone() {
        under.events(60);
        under.answerAll(410);
        under.flow.reconfigured();
        assertThat(under.endpoint.underWay()).isEqualTo(6);

        under.answerAll(410);
        assertThat(under.status().state()).isEqualTo(State.STOPPED);
        assertThat(under.endpoint.underWay()).isZero();
    }

    @Test
    void by_default_410_is_retried_like_any_other_answer() {
        FlowUnderTest plain = new FlowUnderTest(3, 6, FlowSettings.UNLIMITED, FlowUnderTest.retries());
        plain.events(1);
        plain.answerAll(410);

        assertThat(plain.status().state()).isEqualTo(State.ACTIVE);
        assertThat(plain.told).containsExactly("retry instance/1");
    }
}
