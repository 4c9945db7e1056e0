package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.FlowSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Duration STEP = Duration.ofMillis(1);

    private static FlowUnderTest limitedTo(int perSecond) {
        return new FlowUnderTest(
                3,
                30,
                new FlowSettings(0, FlowUnderTest.PROBE, FlowUnderTest.PROBE, perSecond),
                FlowUnderTest.retries());
    }

    @Test
    void all_workers_together_keep_the_rate_and_use_it_up() {
        FlowUnderTest under = limitedTo(100);
        under.events(2_000);
        under.answerAll(200);
        for (int second = 1; second <= 5; second++) {
            for (int i = 0; i < 1_000; i++) {
                under.answerAll(200);
                under.time.advance(STEP);
            }
            assertThat(under.endpoint.all).hasSizeBetween(100 * second, 100 * second + 10);
        }
        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(2_000);
        assertThat(under.time.scheduled()).isZero();
    }

    @Test
    void after_a_rest_a_tenth_of_a_second_s_worth_goes_at_once() {
        FlowUnderTest under = limitedTo(100);
        under.time.advance(Duration.ofHours(1));
        under.events(60);

        assertThat(under.endpoint.underWay()).isEqualTo(10);
    }

    @Test
    void retries_take_tokens_too() {
        FlowUnderTest under = limitedTo(1);
        under.events(1);
        under.answerAll(500);
        under.time.advance(LaneUnderTest.INTERVAL.minus(STEP));
        under.event(io.cloudland.callback.model.Samples.instance(2));
        under.time.advance(STEP);

        assertThat(under.endpoint.all).hasSize(2);
        under.time.advance(Duration.ofSeconds(1));
        assertThat(under.endpoint.all).hasSize(3);
    }
}
