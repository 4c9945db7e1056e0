package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.StatusSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyPropertyTest {

    private static final int ATTEMPTS = 10_000;
    private static final long HUNDRED_YEARS = Duration.ofDays(36_500).toNanos();

    /** Every backoff, with pauses from a nanosecond to a hundred years. */
    @Provide
    Arbitrary<RetrySettings> settings() {
        Arbitrary<Duration> pauses = Arbitraries.longs()
                .between(1, HUNDRED_YEARS)
                .withDistribution(net.jqwik.api.RandomDistribution.biased())
                .map(Duration::ofNanos);
        return Combinators.combine(
                        Arbitraries.of(Backoff.values()),
                        pauses,
                        pauses,
                        Arbitraries.doubles().between(0, 1))
                .as((backoff, one, other, jitter) ->
                        settings(backoff, min(one, other), max(one, other), jitter, List.of()));
    }

    private static RetrySettings settings(
            Backoff backoff, Duration interval, Duration longest, double jitter, List<Duration> schedule) {
        return new RetrySettings(
                backoff,
                ATTEMPTS,
                interval,
                longest,
                jitter,
                Optional.empty(),
                schedule,
                StatusSet.SPECIFICATION,
                StatusSet.NONE);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static RetryPolicy steady(RetrySettings settings) {
        return new RetryPolicy(settings, () -> {
            throw new AssertionError("chance was asked without jitter");
        });
    }

    @Property(tries = 200)
    void every_delay_of_ten_thousand_is_above_zero_and_not_above_the_longest(
            @ForAll("settings") RetrySettings settings, @ForAll long seed) {
        RetryPolicy policy = new RetryPolicy(settings, new Random(seed)::nextDouble);
        Duration longest = max(settings.intervalMax(), Duration.ofMillis(1));

        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Duration delay = policy.delayAfter(attempt).orElseThrow();
            assertThat(delay).isPositive().isLessThanOrEqualTo(longest);
        }
        assertThat(policy.delayAfter(ATTEMPTS + 1)).isEmpty();
    }

    @Property(tries = 200)
    void without_jitter_no_delay_is_shorter_than_the_one_before(@ForAll("settings") RetrySettings jittered) {
        RetryPolicy policy =
                steady(settings(jittered.backoff(), jittered.interval(), jittered.intervalMax(), 0, List.of()));
        Duration before = Duration.ZERO;

        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Duration delay = policy.delayAfter(attempt).orElseThrow();
            assertThat(delay).isGreaterThanOrEqualTo(before);
            before = delay;
        }
    }

    @Property
    void chance_takes_no_more_than_its_share(
            @ForAll @LongRange(min = 1_000, max = 86_400_000) long millis,
            @ForAll @net.jqwik.api.constraints.DoubleRange(min = 0, max = 1) double jitter,
            @ForAll @net.jqwik.api.constraints.DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
        Duration pause = Duration.ofMillis(millis);
        RetryPolicy policy = new RetryPolicy(settings(Backoff.FIXED, pause, pause, jitter, List.of()), () -> random);

        long least = (long) (pause.toNanos() * (1 - jitter)) - 1;
        assertThat(policy.delayAfter(1).orElseThrow().toNanos()).isBetween(least, pause.toNanos());
    }

    @Property
    void exactly_max_retries_follow_the_first_attempt(@ForAll @IntRange(min = 0, max = 10_000) int maxRetries) {
        RetryPolicy policy = new RetryPolicy(maxRetries, Duration.ofSeconds(5));

        assertThat(policy.delayAfter(maxRetries + 1)).isEmpty();
        if (maxRetries > 0) {
            assertThat(policy.delayAfter(maxRetries)).contains(Duration.ofSeconds(5));
        }
    }

    @Property
    void what_remains_of_a_wait_is_never_negative_and_never_longer_than_the_interval(
            @ForAll @IntRange(min = -90_000, max = 90_000) int dueInSeconds,
            @ForAll @IntRange(min = 1, max = 86_400) int seconds) {
        Instant now = Instant.parse("2025-10-30T10:30:00Z");
        Duration interval = Duration.ofSeconds(seconds);

        Duration wait = new RetryPolicy(3, interval).remaining(now.plusSeconds(dueInSeconds), now);

        assertThat(wait).isEqualTo(Duration.ofSeconds(Math.max(0, Math.min(dueInSeconds, seconds))));
    }

    @Property
    void the_shares_of_all_workers_add_up_to_the_limit(
            @ForAll @IntRange(min = 1, max = 256) int workers, @ForAll @IntRange(min = 0, max = 10_000) int more) {
        int limit = workers + more;
        int sum = 0;
        for (int worker = 0; worker < workers; worker++) {
            int share = EndpointGate.shareOf(limit, worker, workers);
            assertThat(share).isPositive();
            sum += share;
        }
        assertThat(sum).isEqualTo(limit);
    }

    @Test
    void pauses_grow_as_their_names_say() {
        Duration five = Duration.ofSeconds(5);
        Duration minute = Duration.ofMinutes(1);

        assertThat(seconds(settings(Backoff.FIXED, five, minute, 0, List.of()))).startsWith(5L, 5L, 5L, 5L, 5L, 5L);
        assertThat(seconds(settings(Backoff.LINEAR, five, minute, 0, List.of())))
                .startsWith(5L, 10L, 15L, 20L, 25L, 30L, 35L, 40L, 45L, 50L, 55L, 60L, 60L);
        assertThat(seconds(settings(Backoff.EXPONENTIAL, five, minute, 0, List.of())))
                .startsWith(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void a_schedule_says_every_pause_and_ends_with_its_last() {
        List<Duration> schedule = List.of(Duration.ofSeconds(5), Duration.ofSeconds(300), Duration.ofSeconds(60));
        RetrySettings settings =
                settings(Backoff.EXPONENTIAL, Duration.ofSeconds(1), Duration.ofSeconds(2), 0, schedule);

        assertThat(seconds(settings)).containsExactly(5L, 300L, 60L);
    }

    private static List<Long> seconds(RetrySettings settings) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(steady(settings)::delayAfter)
                .flatMap(Optional::stream)
                .map(Duration::toSeconds)
                .toList();
    }

    @Test
    void nonsense_is_refused() {
        Duration five = Duration.ofSeconds(5);

        assertThatThrownBy(() -> new RetryPolicy(-1, five)).hasMessageContaining("was -1");
        assertThatThrownBy(() -> new RetryPolicy(3, Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new RetryPolicy(3, Duration.ofDays(40_000))).hasMessageContaining("100 years");
        assertThatThrownBy(() -> settings(Backoff.LINEAR, five, Duration.ofSeconds(4), 0, List.of()))
                .hasMessageContaining("at most intervalMax");
        assertThatThrownBy(() -> settings(Backoff.FIXED, five, five, 1.5, List.of()))
                .hasMessageContaining("was 1.5");
        assertThatThrownBy(() -> settings(Backoff.FIXED, five, five, Double.NaN, List.of()))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> settings(Backoff.FIXED, five, five, 0, List.of(five, Duration.ZERO)))
                .hasMessageContaining("PT0S");
    }
}
