package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.RetrySettings.Backoff;
import io.cloudland.callback.model.StatusSet;
import io.cloudland.callback.model.StatusSet.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeClassifierTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Verdict AGAIN = new Verdict.Retry(INTERVAL);

    private static OutcomeClassifier specification() {
        return new OutcomeClassifier(new RetryPolicy(3, INTERVAL));
    }

    private static OutcomeClassifier classifier(StatusSet retried, StatusSet dead, Optional<Duration> maxAge) {
        return new OutcomeClassifier(new RetryPolicy(
                new RetrySettings(Backoff.FIXED, 3, INTERVAL, INTERVAL, 0, maxAge, List.of(), retried, dead), () -> 0));
    }

    private static StatusSet statuses(int first, int last) {
        return new StatusSet(List.of(new Range(first, last)));
    }

    private static String kind(Verdict verdict) {
        return verdict.getClass().getSimpleName();
    }

    @Property
    void by_the_specification_a_2xx_is_delivered_and_everything_else_retried(
            @ForAll @IntRange(min = 200, max = 999) int status) {
        Verdict verdict = specification().classify(new Answered(status, ""), 1, () -> Duration.ZERO);

        assertThat(kind(verdict)).isEqualTo(status / 100 == 2 ? "Delivered" : "Retry");
    }

    @ParameterizedTest(name = "{1} with retry_statuses {0}")
    @CsvSource({
        "specification, 204, Delivered",
        "specification, 301, Retry",
        "specification, 410, Retry",
        "specification, 422, Retry",
        "specification, 500, Retry",
        "standard,      204, Delivered",
        "standard,      301, Retry",
        "standard,      404, Retry",
        "standard,      410, EndpointGone",
        "standard,      429, Retry",
        "standard,      503, Retry",
        "500-599,       202, Delivered",
        "500-599,       302, GivenUp",
        "500-599,       404, GivenUp",
        "500-599,       410, EndpointGone",
        "500-599,       500, Retry",
        "500-599,       599, Retry",
        "500-599,       600, GivenUp",
    })
    void what_is_not_retried_is_dead_at_once_and_a_410_ends_the_endpoint(String retried, int status, String kind) {
        StatusSet set = retried.equals("specification")
                ? StatusSet.SPECIFICATION
                : retried.equals("standard") ? StatusSet.STANDARD : statuses(500, 599);
        Verdict verdict = classifier(set, StatusSet.NONE, Optional.empty())
                .classify(new Answered(status, ""), 1, () -> Duration.ZERO);

        assertThat(kind(verdict)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"399, Retry", "400, GivenUp", "410, GivenUp", "499, GivenUp", "500, Retry", "200, Delivered"})
    void dead_statuses_win_over_retried_ones_and_a_410_among_them_ends_the_delivery_only(int status, String kind) {
        Verdict verdict = classifier(StatusSet.STANDARD, statuses(400, 499), Optional.empty())
                .classify(new Answered(status, ""), 1, () -> Duration.ZERO);

        assertThat(kind(verdict)).isEqualTo(kind);
    }

    @Test
    void timeouts_and_broken_connections_are_retried_whatever_the_statuses_say() {
        OutcomeClassifier classifier = classifier(StatusSet.NONE, statuses(300, 999), Optional.empty());

        assertThat(classifier.classify(new AttemptOutcome.TimedOut(Duration.ofSeconds(30)), 3, () -> Duration.ZERO))
                .isEqualTo(AGAIN);
        assertThat(classifier.classify(new AttemptOutcome.Failed("connection refused"), 1, () -> Duration.ZERO))
                .isEqualTo(AGAIN);
    }

    @Test
    void a_reason_says_what_was_answered_at_which_attempt_and_why_it_was_the_last() {
        assertThat(specification().classify(new Answered(500, ""), 4, () -> Duration.ZERO))
                .isEqualTo(new Verdict.GivenUp("HTTP 500 at attempt 4, the last"));
        assertThat(specification().classify(new AttemptOutcome.Failed("connection refused"), 4, () -> Duration.ZERO))
                .isEqualTo(new Verdict.GivenUp("connection refused at attempt 4, the last"));
        OutcomeClassifier few = classifier(statuses(500, 599), StatusSet.NONE, Optional.of(Duration.ofSeconds(60)));
        assertThat(few.classify(new Answered(404, ""), 1, () -> Duration.ZERO))
                .isEqualTo(new Verdict.GivenUp("HTTP 404 at attempt 1, which is not retried"));
        assertThat(few.classify(new Answered(410, ""), 2, () -> Duration.ZERO))
                .isEqualTo(
                        new Verdict.EndpointGone("HTTP 410 at attempt 2, by which the endpoint says that it is gone"));
        assertThat(few.classify(new Answered(500, ""), 2, () -> Duration.ofSeconds(56)))
                .isEqualTo(new Verdict.GivenUp(
                        "HTTP 500 at attempt 2; the event would be older than retry_max_age at the next"));
    }

    @Test
    void no_retry_starts_once_the_event_is_too_old() {
        OutcomeClassifier minute = classifier(StatusSet.STANDARD, StatusSet.NONE, Optional.of(Duration.ofSeconds(60)));

        assertThat(minute.classify(new Answered(500, ""), 1, () -> Duration.ofSeconds(55)))
                .isEqualTo(AGAIN);
        assertThat(kind(minute.classify(new Answered(500, ""), 1, () -> Duration.ofMillis(55_001))))
                .isEqualTo("GivenUp");
        assertThat(kind(minute.classify(new Answered(200, ""), 1, () -> Duration.ofDays(9))))
                .isEqualTo("Delivered");
        assertThat(specification().classify(new Answered(500, ""), 1, () -> Duration.ofDays(9999)))
                .isEqualTo(AGAIN);
    }

    @ParameterizedTest
    @CsvSource({"429, 60, 60", "503, 60, 60", "503, 3, 5", "503, 0, 5", "500, 60, 5", "301, 60, 5", "404, 60, 5"})
    void a_busy_endpoint_is_given_the_time_that_it_asks_for_but_not_less_than_our_own(
            int status, long asked, long waited) {
        Answered answered = new Answered(status, "", Optional.of(Duration.ofSeconds(asked)));

        assertThat(specification().classify(answered, 1, () -> Duration.ZERO))
                .isEqualTo(new Verdict.Retry(Duration.ofSeconds(waited)));
    }

    @Test
    void what_a_busy_endpoint_asks_for_brings_no_more_attempts() {
        Answered answered = new Answered(503, "", Optional.of(Duration.ofSeconds(60)));

        assertThat(kind(specification().classify(answered, 4, () -> Duration.ZERO)))
                .isEqualTo("GivenUp");
        assertThat(kind(classifier(StatusSet.STANDARD, StatusSet.NONE, Optional.of(Duration.ofSeconds(59)))
                        .classify(answered, 1, () -> Duration.ZERO)))
                .isEqualTo("GivenUp");
    }
}
