package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.delivery;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.StatusSet;
import io.cloudland.callback.model.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits, waits as long as it should, whatever the wall clock does meanwhile. */
class ClockJumpTest {

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static RetrySettings until(Duration maxAge) {
        return new RetrySettings(
                Backoff.FIXED,
                1_000_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                0,
                Optional.of(maxAge),
                List.of(),
                StatusSet.SPECIFICATION,
                StatusSet.NONE);
    }

    private static FlowUnderTest flow(FlowSettings settings, RetrySettings retries) {
        return new FlowUnderTest(2, 8, settings, retries);
    }

    private static void jump(FlowUnderTest under, long seconds) {
        under.time.jump(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, -1_700_000_000})
    void a_retry_comes_when_its_pause_is_over(long seconds) {
        FlowUnderTest under = flow(FlowSettings.UNLIMITED, FlowUnderTest.retries());
        under.events(3);
        under.answerAll(500);
        jump(under, seconds);
        under.time.advance(LaneUnderTest.INTERVAL.minus(MILLI));
        assertThat(under.endpoint.all).hasSize(3);
        under.time.advance(MILLI);
        assertThat(under.endpoint.all).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, -1_700_000_000})
    void patience_that_the_endpoint_asked_for_and_pauses_between_probes_are_kept(long seconds) {
        FlowUnderTest asked = flow(FlowSettings.UNLIMITED, FlowUnderTest.retries());
        asked.event(instance(1));
        asked.answerAny(429, Duration.ofSeconds(60));
        jump(asked, seconds);
        asked.event(instance(2));
        asked.time.advance(Duration.ofSeconds(60).minus(MILLI));
        assertThat(asked.endpoint.all).hasSize(1);
        asked.time.advance(MILLI);
        assertThat(asked.endpoint.all).hasSize(3);

        FlowUnderTest parked = flow(FlowUnderTest.PARKING, FlowUnderTest.retries());
        parked.events(8);
        parked.park();
        parked.answerAll(500);
        assertThat(parked.status().state()).isEqualTo(State.PARKED);
        int before = parked.endpoint.all.size();
        jump(parked, seconds);
        parked.time.advance(FlowUnderTest.PROBE.minus(MILLI));
        assertThat(parked.endpoint.all).hasSize(before);
        parked.time.advance(MILLI);
        assertThat(parked.endpoint.all).hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, -1_700_000_000})
    void a_rate_is_kept_and_used_up(long seconds) {
        FlowUnderTest under = flow(new FlowSettings(0, HOUR, HOUR, 10), FlowUnderTest.retries());
        under.events(200);
        for (int i = 0; i < 1_000; i++) {
            under.answerAll(200);
            under.time.advance(Duration.ofMillis(10));
            jump(under, i % 3 == 0 ? seconds : 0);
        }
        assertThat(under.endpoint.all).hasSizeBetween(100, 101);
    }

    /** By the wall clock the event would be a day old, or not born yet. */
    @ParameterizedTest
    @ValueSource(longs = {86_400, -86_400, -1_700_000_000})
    void an_event_grows_as_old_as_the_time_that_passes(long seconds) {
        FlowUnderTest under = flow(FlowSettings.UNLIMITED, until(HOUR));
        under.event(instance(1));
        jump(under, seconds);
        under.event(instance(2)); // Recorded by the clock after the jump.
        for (int minute = 0; minute < 59; minute++) {
            under.answerAll(500);
            under.time.advance(Duration.ofMinutes(1));
            jump(under, minute == 30 ? -seconds : 0);
        }
        assertThat(under.told).noneMatch(line -> line.startsWith("dead"));
        for (int minute = 0; minute < 3; minute++) {
            under.answerAll(500);
            under.time.advance(Duration.ofMinutes(1));
        }
        assertThat(under.told).contains("dead " + instance(1), "dead " + instance(2));
    }

    private static Delivery tried(Instant ended, Duration pause) {
        Attempt last =
                new Attempt(1, ended.minusMillis(20), Duration.ofMillis(20), new AttemptOutcome.Failed("refused"));
        Delivery sample = delivery(1, instance(1), 1);
        return sample.retryAt(ended.plus(pause)).withTries(Tries.none().and(last));
    }

    /** The first pause of a schedule, not the longest: that one would come a day late. */
    @Test
    void after_a_restart_with_the_clock_set_back_a_retry_waits_no_longer_than_it_was_to_wait() {
        RetryPolicy policy = new RetryPolicy(
                new RetrySettings(
                        Backoff.EXPONENTIAL,
                        10,
                        Duration.ofSeconds(5),
                        Duration.ofDays(1),
                        0,
                        Optional.empty(),
                        List.of(),
                        StatusSet.SPECIFICATION,
                        StatusSet.NONE),
                () -> 0);
        Instant ended = Instant.parse("2025-10-30T10:30:00Z");
        Delivery waiting = tried(ended, Duration.ofSeconds(5));

        assertThat(policy.remaining(waiting, ended.plusSeconds(2))).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.remaining(waiting, ended.minus(HOUR))).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.remaining(waiting, Instant.EPOCH)).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.remaining(waiting, ended.plus(HOUR))).isEqualTo(Duration.ZERO);
    }

    @Test
    void patience_that_an_endpoint_asked_for_outlives_a_restart() {
        RetryPolicy policy = new RetryPolicy(3, Duration.ofSeconds(5));
        Instant ended = Instant.parse("2025-10-30T10:30:00Z");

        assertThat(policy.remaining(tried(ended, HOUR), ended.plusSeconds(60))).isEqualTo(Duration.ofMinutes(59));
    }
}
