package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.EndpointStatus.State.ACTIVE;
import static io.cloudland.callback.model.EndpointStatus.State.PAUSED;
import static io.cloudland.callback.model.EndpointStatus.State.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds an endpoint back, through changes of the configuration. */
class EndpointFlowsTest {

    private static final Endpoint HERE = Samples.endpoint("http://127.0.0.1:1/");
    private static final Endpoint MOVED = Samples.endpoint("http://127.0.0.1:2/");

    private final EndpointFlows flows = new EndpointFlows(List.of(HERE), new VirtualTimers(), () -> 0);

    private EndpointStatus.State state() {
        return flows.statuses().get(0).state();
    }

    @Test
    void one_that_was_gone_is_tried_again_once_it_has_moved() {
        EndpointFlow flow = flows.of(HERE);
        flow.gone(flow.tryStart(flow.join(() -> {})), "HTTP 410");
        assertThat(state()).isEqualTo(STOPPED);

        flows.use(List.of(MOVED), false);

        assertThat(state()).isEqualTo(ACTIVE);
        assertThat(flows.of(MOVED)).isNotSameAs(flow);
    }

    @Test
    void a_pause_by_hand_outlives_a_move_and_other_lanes() {
        flows.pause(HERE.name());
        flows.use(List.of(MOVED), false);
        assertThat(state()).isEqualTo(PAUSED);
        flows.use(List.of(MOVED), true);
        assertThat(state()).isEqualTo(PAUSED);

        flows.resume(HERE.name());
        assertThat(state()).isEqualTo(ACTIVE);
    }

    @Test
    void one_that_is_served_as_before_keeps_its_lanes_and_what_holds_it_back() {
        EndpointFlow flow = flows.of(HERE);
        flow.gone(flow.tryStart(flow.join(() -> {})), "HTTP 410");

        flows.use(List.of(HERE), false);
        assertThat(flows.of(HERE)).isSameAs(flow);

        flows.use(List.of(HERE), true);
        assertThat(flows.of(HERE)).isNotSameAs(flow);
        assertThat(state()).isEqualTo(STOPPED);
    }

    @Test
    void one_that_comes_back_goes_on_at_the_rising_rate_with_other_lanes() {
        Endpoint parking = FlowUnderTest.endpoint(8, FlowUnderTest.PARKING, FlowUnderTest.retries());
        flows.use(List.of(parking), false);
        EndpointFlow flow = flows.of(parking);
        int lane = flow.join(() -> {});
        for (int i = 0; i < 3; i++) {
            flow.failed(EndpointFlow.FREE, "HTTP 500");
        }
        flow.resume();
        flow.succeeded(flow.tryStart(lane));

        flows.use(List.of(parking), true);

        EndpointFlow next = flows.of(parking);
        int first = next.join(() -> {});
        assertThat(next.tryStart(first)).isNotEqualTo(EndpointFlow.REFUSED);
        assertThat(next.tryStart(first)).isEqualTo(EndpointFlow.REFUSED);
    }

    @Test
    void lanes_that_have_closed_are_not_woken_and_not_kept() {
        EndpointFlow flow = flows.of(HERE);
        List<Integer> woken = new ArrayList<>();
        Runnable closed = () -> woken.add(1);
        int first = flow.join(closed);
        flow.leave(closed);
        assertThat(flow.join(() -> woken.add(2))).isNotEqualTo(first);

        flow.pauseByHand();
        flow.resume();
        assertThat(woken).containsOnly(2);
    }

    @Test
    void one_that_waits_for_a_change_before_it_can_be_paused_already() {
        Endpoint added = new Endpoint(
                "added", HERE.url(), HERE.format(), HERE.apiKey(), HERE.timeout(), 3, Duration.ofSeconds(5), 64, false);
        EndpointFlow here = flows.of(HERE);
        flows.expect(List.of(MOVED, added));
        assertThat(flows.of(HERE)).as("what is known stays as it is").isSameAs(here);
        assertThat(flows.pause("added")).isPresent();

        flows.use(List.of(MOVED, added), false);
        assertThat(flows.statuses().get(1).state()).isEqualTo(PAUSED);
    }

    @Test
    void one_that_is_taken_away_is_known_no_more() {
        flows.use(List.of(), false);
        assertThat(flows.statuses()).isEmpty();
        assertThat(flows.pause(HERE.name())).isEmpty();
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
