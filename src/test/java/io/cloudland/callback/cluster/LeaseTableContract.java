package io.cloudland.callback.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every lease table keeps to. */
public abstract class LeaseTableContract {

    private static final NodeId A = new NodeId("a", "1");
    private static final NodeId B = new NodeId("b", "1");
    private static final NodeId FROZEN = new NodeId("frozen", "1");
    private static final NodeId ALIVE = new NodeId("alive", "1");
    private static final NodeId SLOW = new NodeId("slow", "1");
    private static final NodeId STRANGER = new NodeId("stranger", "1");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(100);

    /** An empty table of 256 slots. */
    protected abstract LeaseTable table();

    /** Lets so much time pass, by the table's clock. */
    protected abstract void pass(Duration duration) throws Exception;

    private static <T> T done(Future<T> future) throws Exception {
        return future.await(20, SECONDS);
    }

    private static BitSet slots(int... numbers) {
        BitSet slots = new BitSet();
        IntStream.of(numbers).forEach(slots::set);
        return slots;
    }

    @Test
    void a_table_that_nobody_joined_has_no_nodes_no_owners_and_a_token_for_each_slot() throws Exception {
        LeaseView view = done(table().beat(A, LONG));

        assertThat(view.nodes()).isEmpty();
        assertThat(view.owners()).isEmpty();
        assertThat(view.tokens()).hasSize(256);
    }

    @Test
    void a_free_slot_goes_to_the_first_who_claims_it_and_its_token_grows() throws Exception {
        done(table().join(A, LONG));
        done(table().join(B, LONG));
        long before = done(table().beat(A, LONG)).tokens().get(7);

        Map<Integer, Long> a = done(table().claim(A, slots(7, 8)));
        Map<Integer, Long> b = done(table().claim(B, slots(8, 9)));

        assertThat(a).containsOnlyKeys(7, 8);
        assertThat(b).containsOnlyKeys(9);
        assertThat(a.get(7)).isGreaterThan(before);
        LeaseView view = done(table().beat(B, LONG));
        assertThat(view.nodes()).containsExactlyInAnyOrder(A, B);
        assertThat(view.owners()).containsExactlyInAnyOrderEntriesOf(Map.of(7, A, 8, A, 9, B));
        assertThat(view.tokens()).containsEntry(7, a.get(7)).containsEntry(9, b.get(9));
    }

    @Test
    void a_node_that_is_no_member_gets_nothing() throws Exception {
        assertThat(done(table().claim(STRANGER, slots(1)).otherwise(Map.of()))).isEmpty();
        assertThat(done(table().beat(STRANGER, LONG)).owners()).isEmpty();
    }

    @Test
    void only_the_owner_can_release_a_slot() throws Exception {
        done(table().join(A, LONG));
        done(table().join(B, LONG));
        done(table().claim(A, slots(1, 2)));

        done(table().release(B, slots(1, 2)));
        assertThat(done(table().beat(A, LONG)).owners()).containsOnlyKeys(1, 2);
        done(table().release(A, slots(1)));
        assertThat(done(table().beat(A, LONG)).owners()).containsOnlyKeys(2);
    }

    @Test
    void a_slot_that_was_released_is_claimed_with_a_greater_token() throws Exception {
        done(table().join(A, LONG));
        long first = done(table().claim(A, slots(3))).get(3);
        done(table().release(A, slots(3)));

        assertThat(done(table().claim(A, slots(3))).get(3)).isGreaterThan(first);
    }

    @Test
    void who_leaves_is_gone_with_all_that_it_owned() throws Exception {
        done(table().join(A, LONG));
        done(table().join(B, LONG));
        done(table().claim(A, slots(1, 2)));

        done(table().leave(A));

        LeaseView view = done(table().beat(B, LONG));
        assertThat(view.nodes()).containsExactly(B);
        assertThat(view.owners()).isEmpty();
    }

    @Test
    void whose_time_is_up_loses_its_row_and_its_slots_at_the_next_beat_of_another() throws Exception {
        done(table().join(FROZEN, SHORT));
        done(table().join(ALIVE, LONG));
        done(table().claim(FROZEN, slots(1)));
        pass(SHORT.multipliedBy(3));

        LeaseView view = done(table().beat(ALIVE, LONG));

        assertThat(view.nodes()).containsExactly(ALIVE);
        assertThat(view.owners()).isEmpty();
        assertThat(done(table().beat(FROZEN, SHORT)).nodes())
                .as("a beat does not bring it back")
                .containsExactly(ALIVE);
    }

    @Test
    void whose_time_is_up_keeps_its_slots_where_it_beats_before_anyone_noticed() throws Exception {
        done(table().join(SLOW, SHORT));
        long token = done(table().claim(SLOW, slots(1))).get(1);
        pass(SHORT.multipliedBy(3));

        LeaseView view = done(table().beat(SLOW, LONG));

        assertThat(view.owners()).containsExactly(Map.entry(1, SLOW));
        assertThat(view.tokens()).containsEntry(1, token);
    }

    @Test
    void a_beat_keeps_a_row_alive() throws Exception {
        done(table().join(A, SHORT));
        done(table().beat(A, LONG));
        pass(SHORT.multipliedBy(3));

        assertThat(done(table().beat(B, LONG)).nodes()).containsExactly(A);
    }

    @Test
    void a_node_that_is_started_anew_takes_the_place_of_its_former_run_at_once() throws Exception {
        done(table().join(A, LONG));
        long before = done(table().claim(A, slots(1))).get(1);
        NodeId again = new NodeId(A.name(), "2");

        done(table().join(again, LONG));

        LeaseView view = done(table().beat(again, LONG));
        assertThat(view.nodes()).containsExactly(again);
        assertThat(view.owners()).isEmpty();
        assertThat(done(table().claim(again, slots(1))).get(1)).isGreaterThan(before);
        assertThat(done(table().beat(A, LONG)).nodes()).doesNotContain(A);
    }

    @Test
    void two_nodes_that_claim_the_same_at_once_share_it_without_a_slot_in_two_hands() throws Exception {
        done(table().join(A, LONG));
        done(table().join(B, LONG));
        BitSet wanted = new BitSet();
        wanted.set(0, 256);

        Future<Map<Integer, Long>> a = table().claim(A, wanted);
        Future<Map<Integer, Long>> b = table().claim(B, wanted);

        assertThat(done(a).size() + done(b).size()).isEqualTo(256);
        assertThat(done(a)).doesNotContainKeys(done(b).keySet().toArray(Integer[]::new));
    }
}
