package io.cloudland.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.List;
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
        under.event(Samples.instance(2));
        under.time.advance(STEP);

        assertThat(under.endpoint.all).hasSize(2);
        under.time.advance(Duration.ofSeconds(1));
        assertThat(under.endpoint.all).hasSize(3);
    }

    /** The lane that took the last token asks first for the next: it must not get that one too. */
    @Test
    void workers_take_turns_so_that_none_of_them_starves() {
        FlowUnderTest under = limitedTo(1);
        under.events(300);
        for (int second = 0; second < 30; second++) {
            under.answerAll(200);
            under.time.advance(Duration.ofSeconds(1));
        }
        under.answerAll(200);

        int[] sent = new int[3];
        under.endpoint.all.forEach(one -> sent[one.delivery().resource().slot() % 3]++);
        assertThat(sent).containsExactlyInAnyOrder(10, 10, 11);
    }

    /** One whose turn it would be holds up the others for a moment and no longer, nor does it get in their way again. */
    @Test
    void a_worker_that_wants_no_token_any_more_costs_the_others_none() {
        FlowUnderTest under = limitedTo(1);
        under.events(300);
        under.lanes.get(1).close();
        under.lanes.get(2).close();
        int before = under.endpoint.all.size();
        for (int i = 0; i < 20_020; i++) {
            under.answerAll(200);
            under.time.advance(STEP);
        }

        assertThat(under.endpoint.all).hasSize(before + 20);
    }

    /** A lane all of whose places are taken has no use for a token; one that it would be given nobody could take. */
    @Test
    void a_worker_whose_places_are_taken_costs_the_others_none() {
        FlowUnderTest under = new FlowUnderTest(
                2, 4, new FlowSettings(0, FlowUnderTest.PROBE, FlowUnderTest.PROBE, 1), FlowUnderTest.retries());
        under.events(100);
        under.time.advance(Duration.ofSeconds(3)); // All four have their places, and hang.
        assertThat(under.endpoint.underWay()).isEqualTo(4);
        under.endpoint.takeAnyOf(RateLimitTest::isOfTheFirst).answers(200);
        for (int second = 1; second <= 20; second++) {
            under.time.advance(Duration.ofSeconds(1));
            under.endpoint.takeAnyOf(RateLimitTest::isOfTheFirst).answers(200);
        }

        assertThat(under.endpoint.all).hasSize(4 + 20);
    }

    private static boolean isOfTheFirst(FakeSender.Sent sent) {
        return sent.delivery().resource().slot() % 2 == 0;
    }

    private static Endpoint limited(int perSecond, int maxInFlight) {
        Endpoint sample = Samples.endpoint("http://127.0.0.1:1/");
        return new Endpoint(
                sample.name(),
                sample.url(),
                sample.format(),
                sample.apiKey(),
                sample.timeout(),
                sample.retries(),
                maxInFlight,
                false,
                true,
                sample.filter(),
                sample.headers(),
                sample.secrets(),
                sample.connection(),
                new FlowSettings(0, FlowUnderTest.PROBE, FlowUnderTest.PROBE, perSecond));
    }

    private static int takeAll(EndpointFlow flow) {
        int taken = 0;
        while (flow.tryStart(0) != EndpointFlow.REFUSED) {
            taken++;
        }
        return taken;
    }

    @Test
    void a_change_of_the_configuration_gives_nobody_new_tokens() {
        VirtualTimers time = new VirtualTimers();
        EndpointFlows flows = new EndpointFlows(List.of(limited(100, 1)), time, () -> 0);
        assertThat(takeAll(flows.of(limited(100, 1)))).isEqualTo(10);

        flows.use(List.of(limited(100, 2)), false);
        assertThat(takeAll(flows.of(limited(100, 2))))
                .as("another max_in_flight")
                .isZero();
        flows.use(List.of(limited(100, 2)), true);
        assertThat(takeAll(flows.of(limited(100, 2))))
                .as("another number of workers")
                .isZero();
        flows.use(List.of(limited(200, 2)), false);
        assertThat(takeAll(flows.of(limited(200, 2)))).as("another rate").isZero();

        time.advance(Duration.ofMillis(50));
        assertThat(takeAll(flows.of(limited(200, 2)))).isEqualTo(10);
    }

    /** They go on for a moment, until their worker has been told. */
    @Test
    void the_lanes_of_before_a_change_share_the_rate_with_those_of_after() {
        VirtualTimers time = new VirtualTimers();
        EndpointFlows flows = new EndpointFlows(List.of(limited(100, 1)), time, () -> 0);
        EndpointFlow before = flows.of(limited(100, 1));
        flows.use(List.of(limited(50, 1)), false);

        assertThat(takeAll(before) + takeAll(flows.of(limited(50, 1)))).isEqualTo(5);
    }
}
