package io.cloudland.callback.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotLeasesTest {

    private static final int SLOTS = 8;
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration BEAT = LEASE.dividedBy(4);

    private final VirtualTimers time = new VirtualTimers();
    private final FakeLeaseTable table = new FakeLeaseTable(time, SLOTS);

    private NodeUnderTest node(String name) {
        return node(name, "1");
    }

    private NodeUnderTest node(String name, String run) {
        return new NodeUnderTest(new NodeId(name, run), LEASE, SLOTS, table, time);
    }

    /** Starts another node, for which this one lets go of a half as soon as what is under way has ended. */
    private NodeUnderTest letsGoOfAHalfTo(String name, NodeUnderTest owner, Promise<Void> underWay) {
        owner.rest = underWay.future();
        NodeUnderTest other = node(name).start();
        time.advance(BEAT.multipliedBy(2));
        return other;
    }

    private static BitSet all() {
        BitSet slots = new BitSet();
        slots.set(0, SLOTS);
        return slots;
    }

    private static IntStream everySlot() {
        return IntStream.range(0, SLOTS);
    }

    @Test
    void a_node_alone_owns_everything_as_soon_as_it_has_joined() {
        NodeUnderTest one = node("one").start();

        assertThat(one.owned()).isEqualTo(all());
        assertThat(one.leases.isLive()).isTrue();
        assertThat(everySlot()).allMatch(one::canWrite);
    }

    @Test
    void a_node_that_never_joined_is_not_live_and_can_write_nothing() {
        NodeUnderTest one = node("one");

        assertThat(one.leases.isLive()).isFalse();
        assertThat(everySlot()).noneMatch(one::canWrite);
    }

    @Test
    void a_node_that_gets_no_answer_at_first_joins_when_there_is_one() {
        NodeUnderTest one = node("one");
        one.cutOff(true);
        Future<BitSet> joined = one.leases.join();
        time.advance(BEAT.multipliedBy(2));
        assertThat(joined.isComplete()).isFalse();

        one.cutOff(false);
        time.advance(BEAT);

        assertThat(joined.result()).isEqualTo(all());
    }

    @Test
    void a_node_that_gets_no_answer_for_three_leases_does_not_join() {
        NodeUnderTest one = node("one");
        one.cutOff(true);
        Future<BitSet> joined = one.leases.join();

        time.advance(LEASE.multipliedBy(3));

        assertThat(joined.failed()).isTrue();
        assertThat(joined.cause()).hasMessage("the table is away");
    }

    @Test
    void of_two_runs_with_one_name_the_elder_stays_out_until_the_younger_is_gone() {
        NodeUnderTest elder = node("one", "1").start();
        NodeUnderTest younger = node("one", "2").start();

        time.advance(LEASE.multipliedBy(4));
        assertThat(younger.owned()).isEqualTo(all());
        assertThat(elder.owned().isEmpty()).isTrue();
        assertThat(elder.leases.isLive()).isFalse();

        younger.leases.leave();
        time.advance(BEAT);
        assertThat(elder.owned()).isEqualTo(all());
        assertThat(elder.leases.isLive()).isTrue();
    }

    @Test
    void a_node_that_joins_gets_its_half_once_the_other_is_done_with_it() {
        NodeUnderTest one = node("one").start();
        Promise<Void> underWay = Promise.promise();
        one.rest = underWay.future();
        NodeUnderTest two = node("two").start();

        time.advance(BEAT.multipliedBy(3));
        assertThat(one.owned().cardinality()).isEqualTo(4);
        assertThat(two.owned().isEmpty()).isTrue();
        assertThat(everySlot()).as("what is under way can still be noted").allMatch(one::canWrite);

        underWay.complete();
        time.advance(BEAT.multipliedBy(2));
        assertThat(two.owned().cardinality()).isEqualTo(4);
        assertThat(two.owned().intersects(one.owned())).isFalse();
        assertThat(two.owned().stream()).noneMatch(one::canWrite).allMatch(two::canWrite);
    }

    @Test
    void a_letting_go_that_takes_long_is_not_begun_again_at_each_beat() {
        NodeUnderTest one = node("one").start();
        one.rest = Promise.promise().future();
        node("two").start();

        time.advance(LEASE.multipliedBy(4));

        assertThat(one.told).hasSize(2);
    }

    @Test
    void the_slots_of_a_node_that_died_are_taken_over_within_twice_the_lease() {
        NodeUnderTest one = node("one").start();
        NodeUnderTest dead = node("dead").start();
        time.advance(BEAT.multipliedBy(4));
        assertThat(one.owned().cardinality()).isEqualTo(4);

        dead.freeze();
        time.advance(LEASE.multipliedBy(2));

        assertThat(one.owned()).isEqualTo(all());
        assertThat(everySlot()).allMatch(one::canWrite);
    }

    @Test
    void a_node_that_was_frozen_past_its_lease_can_write_nothing_and_starts_anew_with_nothing() {
        NodeUnderTest one = node("one").start();
        NodeUnderTest frozen = node("frozen").start();
        time.advance(BEAT.multipliedBy(4));
        BitSet had = frozen.owned();
        assertThat(had.cardinality()).isEqualTo(4);
        frozen.freeze();
        time.advance(LEASE.multipliedBy(2));

        assertThat(frozen.leases.isLive()).as("it knows before it has asked").isFalse();
        assertThat(had.stream()).noneMatch(frozen::canWrite);

        int before = frozen.told.size();
        frozen.thaw();
        assertThat(frozen.told.get(before).isEmpty())
                .as("first it lets go of everything")
                .isTrue();
        time.advance(BEAT.multipliedBy(4));
        assertThat(frozen.owned().cardinality()).isEqualTo(4);
        assertThat(frozen.owned().stream()).allMatch(frozen::canWrite).noneMatch(one::canWrite);
    }

    @Test
    void a_node_that_was_thought_dead_joins_again_only_when_nothing_of_its_old_work_is_under_way_any_more() {
        node("one").start();
        NodeUnderTest frozen = node("frozen").start();
        time.advance(BEAT.multipliedBy(4));
        frozen.freeze();
        time.advance(LEASE.multipliedBy(2));
        Promise<Void> underWay = Promise.promise();
        frozen.rest = underWay.future();
        frozen.thaw();
        time.advance(LEASE);
        assertThat(frozen.leases.isLive())
                .as("what waits in its lanes is not its to send")
                .isFalse();

        underWay.complete();
        time.advance(BEAT.multipliedBy(4));

        assertThat(frozen.leases.isLive()).isTrue();
        assertThat(frozen.owned().cardinality()).isEqualTo(4);
        assertThat(frozen.owned().stream()).allMatch(frozen::canWrite);
    }

    @Test
    void a_node_that_is_thought_dead_while_it_lets_slots_go_joins_again_only_when_they_rest() {
        NodeUnderTest one = node("one").start();
        Promise<Void> underWay = Promise.promise();
        NodeUnderTest two = letsGoOfAHalfTo("two", one, underWay);
        one.freeze();
        time.advance(LEASE.multipliedBy(2));
        one.thaw();
        time.advance(LEASE);
        assertThat(two.owned()).isEqualTo(all());
        assertThat(one.leases.isLive()).isFalse();

        underWay.complete();
        one.rest = Future.succeededFuture();
        time.advance(BEAT.multipliedBy(8));

        assertThat(one.leases.isLive()).isTrue();
        assertThat(one.owned().cardinality()).isEqualTo(4);
    }

    @Test
    void a_node_that_cannot_ask_rests_when_its_lease_may_have_run_out_and_goes_on_where_nobody_took_anything() {
        NodeUnderTest one = node("one").start();
        one.cutOff(true);
        time.advance(LEASE.minus(LEASE.dividedBy(8)).minusMillis(1));
        assertThat(one.leases.isLive()).isTrue();
        time.advance(Duration.ofMillis(1));
        assertThat(one.leases.isLive())
                .as("what it sent last has an eighth of the lease to arrive")
                .isFalse();
        time.advance(LEASE.multipliedBy(3));
        assertThat(one.told).as("it has lost nothing that it knows of").hasSize(1);

        one.cutOff(false);
        time.advance(BEAT);

        assertThat(one.leases.isLive()).isTrue();
        assertThat(one.told).as("it is told to go on").hasSize(2);
        assertThat(one.owned()).isEqualTo(all());
        assertThat(everySlot()).as("what was under way can still be noted").allMatch(one::canWrite);
    }

    @Test
    void a_lease_counts_from_before_the_question() {
        NodeUnderTest one = node("one").start();
        one.freeze();
        time.advance(BEAT); // The beat is due, but the node is frozen: it is asked later.
        one.thaw();
        time.advance(LEASE.minus(BEAT).minusMillis(1));
        one.cutOff(true);
        assertThat(one.leases.isLive()).isTrue();
        time.advance(LEASE);
        assertThat(one.leases.isLive()).isFalse();
    }

    @Test
    void an_answer_that_comes_after_its_lease_has_run_out_makes_nobody_live() {
        NodeUnderTest one = node("one").start();
        one.freezeAtNextQuestion();
        time.advance(BEAT);
        time.advance(LEASE.multipliedBy(2));
        one.cutOff(true);
        one.thaw();

        assertThat(one.leases.isLive()).isFalse();
    }

    @Test
    void a_slot_that_is_being_let_go_while_the_node_is_thought_dead_is_not_claimed_back_and_then_freed() {
        NodeUnderTest one = node("one").start();
        Promise<Void> underWay = Promise.promise();
        NodeUnderTest two = letsGoOfAHalfTo("two", one, underWay);
        one.freeze();
        two.freeze();
        time.advance(LEASE.multipliedBy(2));
        table.beat(new NodeId("nobody", "1"), LEASE); // Buries both.
        one.thaw();
        underWay.complete();
        one.rest = Future.succeededFuture();
        time.advance(BEAT.multipliedBy(4));

        assertThat(one.owned()).isEqualTo(all());
        assertThat(everySlot()).allMatch(one::canWrite);
        assertThat(table.beat(new NodeId("one", "1"), LEASE).result().owners()).hasSize(SLOTS);
    }

    @Test
    void slots_whose_claim_was_carried_out_but_not_answered_are_worked_on_from_the_next_beat_on() {
        NodeUnderTest one = node("one").start();
        NodeUnderTest two = node("two").start();
        time.advance(BEAT.multipliedBy(4));
        one.loseAnswerToNextClaim();
        two.leases.leave();

        time.advance(BEAT.multipliedBy(2));

        assertThat(one.owned()).isEqualTo(all());
        assertThat(everySlot()).allMatch(one::canWrite);
    }

    @Test
    void slots_that_could_not_be_let_go_are_worked_on_again_where_nobody_wants_them_any_more() {
        NodeUnderTest one = node("one").start();
        one.failAtNextRelease();
        NodeUnderTest two = node("two").start();
        time.advance(BEAT);
        assertThat(one.owned().cardinality()).isEqualTo(4);
        two.leases.leave();

        time.advance(BEAT);

        assertThat(one.owned()).isEqualTo(all());
        assertThat(everySlot()).allMatch(one::canWrite);
    }

    @Test
    void who_leaves_frees_its_slots_at_once_and_beats_no_more() {
        NodeUnderTest one = node("one").start();
        NodeUnderTest two = node("two").start();
        time.advance(BEAT.multipliedBy(4));

        assertThat(one.leases.leave().succeeded()).isTrue();
        time.advance(BEAT);

        assertThat(two.owned()).isEqualTo(all());
        time.advance(LEASE.multipliedBy(3));
        assertThat(table.beat(new NodeId("two", "1"), LEASE).result().nodes()).containsExactly(new NodeId("two", "1"));
    }

    @Test
    void a_leaving_that_the_table_cannot_take_is_told_and_ends_all_the_same() {
        NodeUnderTest one = node("one").start();
        one.cutOff(true);

        assertThat(one.leases.leave().succeeded()).isTrue();
    }

    @Test
    void three_nodes_share_evenly_whatever_comes_and_goes() {
        NodeUnderTest one = node("one").start();
        NodeUnderTest two = node("two").start();
        NodeUnderTest three = node("three").start();
        time.advance(LEASE.multipliedBy(2));
        assertThat(IntStream.of(
                                one.owned().cardinality(),
                                two.owned().cardinality(),
                                three.owned().cardinality())
                        .sorted()
                        .toArray())
                .containsExactly(2, 3, 3);

        two.freeze();
        time.advance(LEASE.multipliedBy(2));
        assertThat(one.owned().cardinality()).isEqualTo(4);
        assertThat(three.owned().cardinality()).isEqualTo(4);
        assertThat(everySlot()).noneMatch(two::canWrite);
    }
}
