package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyPropertyTest {

    @Property
    void every_delay_is_above_zero_and_not_above_the_interval(
            @ForAll @IntRange(min = 1, max = 10_000) int attempt,
            @ForAll @IntRange(min = 1, max = 86_400) int seconds) {
        Duration interval = Duration.ofSeconds(seconds);
        Duration delay = new RetryPolicy(10_000, interval).delayAfter(attempt).orElseThrow();

        assertThat(delay).isPositive().isLessThanOrEqualTo(interval);
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
    void only_a_2xx_is_delivered(@ForAll @IntRange(min = 100, max = 599) int status) {
        OutcomeClassifier classifier = new OutcomeClassifier(new RetryPolicy(3, Duration.ofSeconds(5)));

        Verdict verdict = classifier.classify(new AttemptOutcome.Answered(status, ""), 1);

        assertThat(verdict instanceof Verdict.Delivered).isEqualTo(status / 100 == 2);
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
    void a_timeout_and_a_refused_connection_are_retried_like_a_500() {
        OutcomeClassifier classifier = new OutcomeClassifier(new RetryPolicy(3, Duration.ofSeconds(5)));
        Verdict again = new Verdict.Retry(Duration.ofSeconds(5));

        assertThat(classifier.classify(new AttemptOutcome.TimedOut(Duration.ofSeconds(30)), 3))
                .isEqualTo(again);
        assertThat(classifier.classify(new AttemptOutcome.Failed("connection refused"), 1))
                .isEqualTo(again);
        assertThat(classifier.classify(new AttemptOutcome.Answered(500, ""), 4))
                .isEqualTo(new Verdict.Dead("HTTP 500 at attempt 4, the last"));
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new RetryPolicy(-1, Duration.ofSeconds(5))).hasMessageContaining("was -1");
        assertThatThrownBy(() -> new RetryPolicy(3, Duration.ZERO)).hasMessageContaining("PT0S");
    }
}
