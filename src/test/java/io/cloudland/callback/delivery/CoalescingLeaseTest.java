package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Interposed;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code coalesce = true} on a node whose slot goes to another one while the store is at a merge, or a read, for it. */
class CoalescingLeaseTest {

    private static final ResourceRef A = instance(1);

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(10_000, 10_000, time);
    private final FakeSender loser = new FakeSender();
    private final FakeSender owner = new FakeSender();
    private final Promise<Object> answer = Promise.promise();

    private LaneUnderTest lane(EventStore over, FakeSender sender) {
        return new LaneUnderTest(over, time, sender, 8, Ordering.NEWEST);
    }

    /** One whose store answers that call when the test says so, and does nothing for it. */
    private EventStore slowAt(String method) {
        return Interposed.store(store, (called, call) -> called.equals(method) ? answer.future() : call.get());
    }

    private void events(LaneUnderTest lane, int count) {
        for (int i = 0; i < count; i++) {
            append("s" + i);
            lane.reader.read(A.slot());
        }
    }

    private void append(String status) {
        store.append(change(A, status), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    private void lose() {
        answer.fail(new CallbackException(ErrorCode.LEASE_LOST, "slot " + A.slot() + " has gone to another node"));
    }

    private List<Delivery> pending() {
        return store.pending("default", A.slot(), -1, 100).result();
    }

    @Test
    void one_whose_merge_fails_because_its_slot_has_gone_sends_nothing_of_it_once_it_may_not_start() {
        LaneUnderTest lane = lane(slowAt("coalesce"), loser);
        events(lane, 4);
        loser.take(A).answers(200);
        assertThat(answer.future().isComplete()).isFalse();
        assertThat(lane.lane.isAtRest()).as("the store is at the merge").isFalse();

        lane.mayStart(false);
        lose();
        events(lane, 30);
        time.advance(Duration.ofDays(1));

        assertThat(loser.sequencesSent(A)).containsExactly(1L);
        assertThat(lane.lane.isAtRest()).isTrue();
        assertThat(lane.lane.inFlight()).isZero();
    }

    @Test
    void the_new_owner_finds_them_unmerged_and_sends_the_newest_which_stands_for_the_others() {
        LaneUnderTest lane = lane(slowAt("coalesce"), loser);
        events(lane, 4);
        loser.take(A).answers(200);
        lane.mayStart(false);
        lose();
        assertThat(pending()).extracting(one -> one.event().sequence()).containsExactly(2L, 3L, 4L);
        assertThat(pending()).extracting(Delivery::coalesced).containsOnly(Coalesced.NOTHING);

        lane(store, owner).readAll();

        FakeSender.Sent sent = owner.take(A);
        assertThat(sent.delivery().event().sequence()).isEqualTo(4);
        assertThat(sent.delivery().coalesced()).isEqualTo(new Coalesced(2, 2));
        sent.answers(200);
        assertThat(pending()).isEmpty();
        assertThat(loser.all).hasSize(1);
        assertThat(List.of(store.stats().delivered(), store.stats().coalesced()))
                .containsExactly(2L, 2L);
    }

    @Test
    void one_that_has_its_lease_again_after_a_merge_that_failed_goes_on_with_what_was_not_merged() {
        LaneUnderTest lane = lane(slowAt("coalesce"), loser);
        events(lane, 4);
        loser.take(A).answers(200);
        lane.mayStart(false);
        lose();

        lane.mayStart(true);
        lane.lane.goOn();
        while (loser.underWay() > 0) {
            loser.takeAny().answers(200);
        }

        assertThat(loser.sequencesSent(A)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(pending()).isEmpty();
    }

    @Test
    void one_that_loses_its_slot_while_it_reads_on_for_a_merge_sends_nothing_of_it_before_it_has_it_again() {
        List<Supplier<Future<?>>> reads = new ArrayList<>();
        LaneUnderTest lane = lane(
                Interposed.store(store, (called, call) -> {
                    if (called.equals("pendingOf") && reads.isEmpty()) {
                        reads.add(call);
                        return answer.future();
                    }
                    return call.get();
                }),
                loser);
        for (int i = 0; i < ResourceQueue.MOST; i++) {
            append("error"); // Goes out by itself, so that what comes behind has to be read on.
        }
        for (int i = 0; i < 20; i++) {
            append("s" + i);
        }
        lane.reader.read(A.slot());
        while (loser.underWay() > 0) {
            loser.takeAny().answers(200);
        }
        assertThat(reads).as("waits for what is read").hasSize(1);
        int before = loser.all.size();

        lane.mayStart(false);
        reads.get(0).get().onSuccess(answer::complete);
        time.advance(Duration.ofDays(1));
        assertThat(loser.all).hasSize(before);

        lane.mayStart(true);
        lane.lane.goOn();
        while (loser.underWay() > 0) {
            loser.takeAny().answers(200);
        }
        assertThat(loser.sequencesSent(A)).hasSize(ResourceQueue.MOST + 1).isSorted();
        assertThat(loser.all.get(ResourceQueue.MOST).delivery().coalesced()).isEqualTo(new Coalesced(19, 17));
    }
}
