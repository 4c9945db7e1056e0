package io.cloudland.callback.delivery;

import static io.cloudland.callback.delivery.FlowUnderTest.retries;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.FlowSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Retry-After} pauses the endpoint, not the event. */
class RetryAfterFlowTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FlowUnderTest under = new FlowUnderTest(3, 6, FlowSettings.UNLIMITED, retries());

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void nothing_new_is_started_by_any_worker_until_the_time_that_was_asked_for(int status) {
        under.events(60);
        assertThat(under.endpoint.underWay()).isEqualTo(6);
        under.answerAny(status, MINUTE);
        under.answerAll(200);

        assertThat(under.endpoint.all).hasSize(6);
        assertThat(under.status().state()).isEqualTo(State.PAUSED);
        assertThat(under.status().why()).isEqualTo("asked to wait with HTTP " + status);
        under.time.advance(MINUTE.minusMillis(1));
        assertThat(under.endpoint.underWay()).isZero();
        under.time.advance(Duration.ofMillis(1));
        assertThat(under.endpoint.underWay()).isEqualTo(6);
        assertThat(under.status().state()).isEqualTo(State.ACTIVE);

        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(60);
        assertThat(under.time.scheduled()).isZero();
    }

    @Test
    void other_answers_with_that_header_pause_nothing() {
        under.events(60);
        under.answerAny(500, MINUTE);

        assertThat(under.endpoint.underWay()).isEqualTo(6);
        assertThat(under.status().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void the_attempt_that_was_answered_so_counts_and_the_later_of_two_times_holds() {
        under.events(60);
        under.answerAny(429, MINUTE);
        under.answerAny(429, MINUTE.multipliedBy(2));
        under.answerAny(429, Duration.ofSeconds(1));
        under.answerAll(200);

        under.time.advance(MINUTE.multipliedBy(2).minusMillis(1));
        assertThat(under.endpoint.underWay()).isZero();
        under.time.advance(Duration.ofMillis(1));
        assertThat(under.endpoint.underWay()).isEqualTo(6);
        assertThat(under.told).hasSize(3).allMatch(line -> line.startsWith("retry "));
        under.drain();
        assertThat(under.endpoint.all)
                .extracting(FakeSender.Sent::attemptNumber)
                .contains(2);
    }

    @Test
    void events_of_a_resource_stay_in_order_through_a_pause() {
        for (int i = 0; i < 5; i++) {
            under.event(instance(1));
        }
        under.answerAny(503, MINUTE);
        under.event(instance(1));
        under.time.advance(MINUTE);
        under.drain();

        assertThat(under.endpoint.sequencesSent(instance(1))).containsExactly(1L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void a_resume_by_hand_ends_the_pause() {
        under.events(60);
        under.answerAny(429, Duration.ofDays(1));
        under.answerAll(200);
        assertThat(under.endpoint.underWay()).isZero();

        under.flow.resume();

        assertThat(under.endpoint.underWay()).isEqualTo(6);
    }
}
