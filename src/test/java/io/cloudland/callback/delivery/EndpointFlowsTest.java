package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.EndpointStatus.State;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.time.VirtualTimers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pause and resume by hand, and what is told of endpoints. */
class EndpointFlowsTest {

    private final FlowUnderTest under = new FlowUnderTest(3, 6, FlowUnderTest.PARKING, FlowUnderTest.retries());

    @Test
    void a_pause_by_hand_lets_nothing_start_until_the_resume_and_what_is_under_way_ends() {
        for (int i = 0; i < 3; i++) {
            under.events(60);
        }
        under.flow.pauseByHand();
        under.answerAll(200);
        under.time.advance(java.time.Duration.ofDays(1));

        assertThat(under.endpoint.all).hasSize(6);
        assertThat(under.store.stats().delivered()).isEqualTo(6);
        assertThat(under.status().state()).isEqualTo(State.PAUSED);
        assertThat(under.status().why()).isEqualTo("paused by hand");
        assertThat(under.status().until()).isEmpty();
        assertThat(under.status().since()).contains(Samples.AT);

        under.flow.resume();
        under.drain();
        assertThat(under.store.stats().delivered()).isEqualTo(180);
        for (long id = 1; id <= 60; id++) {
            assertThat(under.endpoint.sequencesSent(instance(id))).containsExactly(1L, 2L, 3L);
        }
        assertThat(under.status().state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void a_parked_endpoint_that_is_paused_by_hand_is_not_probed_and_is_parked_again_after() {
        under.events(60);
        under.park();
        under.answerAll(500);
        under.flow.pauseByHand();
        under.time.advance(java.time.Duration.ofHours(1));
        assertThat(under.endpoint.underWay()).isZero();

        under.flow.resume();
        assertThat(under.endpoint.underWay()).isEqualTo(1);
        assertThat(under.status().state()).isEqualTo(State.PARKED);
    }

    @Test
    void failures_are_counted_though_nothing_follows_from_them() {
        under.events(60);
        under.endpoint.takeAny().answers(500);
        under.endpoint.takeAny().answers(500);

        assertThat(under.status().consecutiveFailures()).isEqualTo(2);
        under.endpoint.takeAny().answers(200);
        assertThat(under.status().consecutiveFailures()).isZero();
    }

    @Test
    void each_endpoint_goes_by_itself_and_an_unknown_name_is_none() {
        VirtualTimers time = new VirtualTimers();
        EndpointFlows flows = new EndpointFlows(List.of(Samples.endpoint("http://a/")), time, () -> 0);

        assertThat(flows.pause("nobody")).isEmpty();
        assertThat(flows.resume("nobody")).isEmpty();
        assertThat(flows.pause("default")).get().extracting("state").isEqualTo(State.PAUSED);
        assertThat(flows.statuses()).singleElement().extracting("name").isEqualTo("default");
        assertThat(flows.resume("default")).get().extracting("state").isEqualTo(State.ACTIVE);
    }

    @Test
    void of_many_threads_that_ask_at_once_one_gets_the_probe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                FlowUnderTest parked = new FlowUnderTest(4, 8, FlowUnderTest.PARKING, FlowUnderTest.retries());
                for (int i = 0; i < 3; i++) {
                    parked.flow.failed(EndpointFlow.FREE, "HTTP 500");
                }
                parked.time.advance(FlowUnderTest.PROBE);
                List<Future<Long>> permits = threads.invokeAll(IntStream.range(0, 4)
                        .<Callable<Long>>mapToObj(lane -> () -> parked.flow.tryStart(lane))
                        .toList());
                long let = 0;
                for (Future<Long> permit : permits) {
                    let += permit.get() == EndpointFlow.REFUSED ? 0 : 1;
                }
                assertThat(let).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
