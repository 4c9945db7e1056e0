package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.ResourceRef;
import org.junit.jupiter.api.Test;

/** An attempt that was not sent, because this node's lease ran out while it waited for a connection, is none. */
class AttemptNotSentTest {

    private static final ResourceRef A = instance(1);

    private FlowUnderTest under = new FlowUnderTest(1, 4, FlowSettings.UNLIMITED, FlowUnderTest.retries());

    private void mayStart(boolean isAllowed) {
        under.lanes.forEach(lane -> lane.mayStart(isAllowed));
    }

    private void notSent() {
        under.endpoint.takeAny().answer().complete(AttemptSender.NOT_SENT);
    }

    @Test
    void its_delivery_waits_as_if_it_had_not_been_tried_and_goes_out_when_the_node_may_send_again() {
        under.event(A);
        mayStart(false);
        notSent();
        assertThat(under.lanes.get(0).lane.inFlight()).isZero();
        assertThat(under.endpoint.all).hasSize(1);
        assertThat(under.told).as("no retry is spent").isEmpty();

        mayStart(true);
        under.lanes.get(0).lane.goOn();

        assertThat(under.endpoint.all)
                .extracting(FakeSender.Sent::attemptNumber)
                .as("its first attempt, still")
                .containsExactly(1, 1);
        under.answerAll(200);
        assertThat(under.store.stats().delivered()).isEqualTo(1);
    }

    @Test
    void any_number_of_them_parks_no_endpoint() {
        under = new FlowUnderTest(1, 4, FlowUnderTest.PARKING, FlowUnderTest.retries());
        for (int i = 0; i < 10; i++) {
            under.event(instance(i + 1));
            mayStart(false);
            notSent();
            mayStart(true);
        }

        assertThat(under.status().state()).isEqualTo(EndpointStatus.State.ACTIVE);
        assertThat(under.flow.isFree()).isTrue();
    }

    @Test
    void a_probe_that_was_not_sent_leaves_the_endpoint_parked_and_another_follows_at_once() {
        under = new FlowUnderTest(3, 30, FlowUnderTest.PARKING, FlowUnderTest.retries());
        under.events(300);
        under.park();
        under.answerAll(500);
        under.time.advance(FlowUnderTest.PROBE);
        assertThat(under.endpoint.underWay()).isEqualTo(1);

        notSent();
        under.time.advance(FlowRules.AFTER_YOU);

        assertThat(under.endpoint.underWay()).isEqualTo(1);
        assertThat(under.status().state()).isEqualTo(EndpointStatus.State.PARKED);
        assertThat(under.status().probes()).as("in vain").isZero();
        under.answerAll(200);
        assertThat(under.status().state()).isNotEqualTo(EndpointStatus.State.PARKED);
    }
}
