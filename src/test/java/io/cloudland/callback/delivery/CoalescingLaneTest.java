package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.StoreStats;
import org.junit.jupiter.api.Test;

/** {@code coalesce = true}: of what waits in a resource's line the newest goes out. */
class CoalescingLaneTest extends CoalescingLanes {

    @Test
    void of_those_that_wait_behind_the_one_under_way_the_newest_goes_out_and_says_for_which_it_stands() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c", "d");
        assertThat(sent(A)).containsExactly("#1");

        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#4 for 2 from 2");
        endpoint.take(A).answers(200);
        assertAccount(2, 2);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
        assertThat(lane.window.bytes()).isZero();
    }

    @Test
    void it_is_off_for_other_orders() {
        LaneUnderTest lane = new LaneUnderTest(store, time, endpoint, 8, Ordering.RESOURCE);
        backlog(A, 40);
        lane.reader.read(A.slot());

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertAccount(40, 0);
    }

    @Test
    void errors_and_deletions_go_out_and_nothing_overtakes_them() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c", "error", "d", "e", "deleted", "f", "g");

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertThat(sent(A)).containsExactly("#1", "#4 for 2 from 2", "#7 for 2 from 5", "#9 for 1 from 8");
        assertAccount(4, 5);
    }

    @Test
    void one_that_was_tried_is_sent_again_itself_and_what_waits_behind_it_merges() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(503);
        events(lane, A, "d");
        time.advance(LaneUnderTest.INTERVAL);
        assertThat(sent(A)).containsExactly("#1", "#1");

        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#1", "#4 for 2 from 2");
    }

    @Test
    void one_that_stands_for_others_does_so_in_each_attempt() {
        LaneUnderTest lane = lane(8);
        events(lane, A, "a", "b", "c");
        endpoint.take(A).answers(200);
        endpoint.take(A).answers(503);
        events(lane, A, "d", "e");
        time.advance(LaneUnderTest.INTERVAL);
        endpoint.take(A).answers(200);

        assertThat(sent(A)).containsExactly("#1", "#3 for 1 from 2", "#3 for 1 from 2", "#5 for 1 from 4");
    }

    @Test
    void a_backlog_of_one_resource_goes_out_as_its_newest_without_a_stack_however_long_it_is() {
        backlog(A, 100_000);
        backlog(B, 3);
        LaneUnderTest lane = lane(8);

        lane.readAll();

        assertThat(sent(A)).as("the newest of the first page").containsExactly("#128 for 127 from 1");
        assertThat(sent(B)).containsExactly("#3 for 2 from 1");
        endpoint.take(A).answers(200);
        assertThat(sent(A)).hasSize(2).endsWith("#100000 for 99871 from 129");
        endpoint.take(A).answers(200);
        endpoint.take(B).answers(200);
        assertAccount(3, 100_000);
        assertThat(lane.lane.isEmpty()).isTrue();
        assertThat(lane.window.deliveries()).isZero();
    }

    @Test
    void what_had_been_merged_before_a_start_is_told_after_it_and_merges_on() {
        LaneUnderTest before = lane(1);
        events(before, B, "x");
        events(before, A, "a", "b", "c");
        endpoint.take(B).answers(200);
        assertThat(sent(A)).containsExactly("#3 for 2 from 1");
        before.close(); // With the newest on the wire, and nothing noted of that.
        backlog(A, 1);

        lane(8).readAll();

        assertThat(sent(A)).containsExactly("#3 for 2 from 1", "#4 for 3 from 1");
    }

    @Test
    void a_replayed_event_stands_for_no_newer_one_and_goes_out_by_itself() {
        LaneUnderTest lane = lane(1);
        events(lane, A, "a");
        for (int attempt = 1; attempt <= 4; attempt++) {
            endpoint.take(A).answers(500);
            time.advance(LaneUnderTest.INTERVAL);
        }
        events(lane, B, "x");
        events(lane, A, "b", "c");
        store.records().replay(io.cloudland.callback.model.DeadLetterFilter.all(), any -> true);
        lane.reader.read(A.slot());

        while (endpoint.underWay() > 0) {
            endpoint.takeAny().answers(200);
        }

        assertThat(sent(A).subList(4, 6)).containsExactly("#3 for 1 from 2", "#1");
    }

    @Test
    void while_the_endpoint_is_parked_the_backlog_merges_as_it_is_read_within_the_window() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        under.events(3);
        under.park();
        for (int round = 0; round < 2_000; round++) {
            for (long id = 4; id <= 9; id++) {
                under.event(instance(id));
            }
        }

        assertThat(under.store.stats().pending()).isLessThan(3 + 6 * (ResourceQueue.MOST + 1));
        assertThat(under.store.stats().coalesced()).isGreaterThan(11_000);
        assertThat(under.lanes.get(0).window.deliveries()).isLessThan(200);

        under.drain();

        StoreStats stats = under.store.stats();
        assertThat(stats.delivered() + stats.coalesced()).isEqualTo(12_003);
        assertThat(stats.pending()).isZero();
        for (long id = 4; id <= 9; id++) {
            assertThat(under.endpoint.sequencesSent(instance(id)))
                    .endsWith(2_000L)
                    .isSorted();
        }
    }

    @Test
    void a_backlog_that_was_there_before_merges_while_the_endpoint_is_paused() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        for (int i = 0; i < 20_000; i++) {
            under.append(instance(4 + i % 5));
        }
        under.flow.pauseByHand();

        under.lanes.get(0).readAll();

        assertThat(under.endpoint.all).isEmpty();
        assertThat(under.store.stats().pending()).isLessThanOrEqualTo(5 * ResourceQueue.MOST);
        under.flow.resume();
        under.drain();
        assertThat(under.endpoint.all).hasSize(5);
        assertThat(under.store.stats().coalesced()).isEqualTo(19_995);
    }

    @Test
    void one_that_was_on_the_wire_without_being_counted_goes_out_again_itself() {
        FlowSettings settings = FlowUnderTest.PARKING.withOrdering(Ordering.NEWEST);
        FlowUnderTest under = new FlowUnderTest(1, 4, settings, FlowUnderTest.retries());
        under.events(3);
        under.park(); // By the failure of the third, which therefore does not count.
        ResourceRef third = instance(3);
        for (int i = 0; i < 20; i++) {
            under.event(third);
        }

        under.drain();

        assertThat(under.endpoint.sequencesSent(third))
                .startsWith(1L, 1L)
                .endsWith(21L)
                .hasSizeLessThan(6);
    }
}
