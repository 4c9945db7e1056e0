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
        LeaseView view = done(table().beat("a", LONG));

        assertThat(view.nodes()).isEmpty();
        assertThat(view.owners()).isEmpty();
        assertThat(view.tokens()).hasSize(256);
    }

    @Test
    void a_free_slot_goes_to_the_first_who_claims_it_and_its_token_grows() throws Exception {
        done(table().join("a", LONG));
        done(table().join("b", LONG));
        long before = done(table().beat("a", LONG)).tokens().get(7);

        Map<Integer, Long> a = done(table().claim("a", slots(7, 8)));
        Map<Integer, Long> b = done(table().claim("b", slots(8, 9)));

        assertThat(a).containsOnlyKeys(7, 8);
        assertThat(b).containsOnlyKeys(9);
        assertThat(a.get(7)).isGreaterThan(before);
        LeaseView view = done(table().beat("b", LONG));
        assertThat(view.nodes()).containsExactlyInAnyOrder("a", "b");
        assertThat(view.owners()).containsExactlyInAnyOrderEntriesOf(Map.of(7, "a", 8, "a", 9, "b"));
        assertThat(view.tokens()).containsEntry(7, a.get(7)).containsEntry(9, b.get(9));
    }

    @Test
    void a_node_that_is_no_member_gets_nothing() throws Exception {
        assertThat(done(table().claim("stranger", slots(1)).otherwise(Map.of())))
                .isEmpty();
        assertThat(done(table().beat("stranger", LONG)).owners()).isEmpty();
    }

    @Test
    void only_the_owner_can_release_a_slot() throws Exception {
        done(table().join("a", LONG));
        done(table().join("b", LONG));
        done(table().claim("a", slots(1, 2)));

        done(table().release("b", slots(1, 2)));
        assertThat(done(table().beat("a", LONG)).owners()).containsOnlyKeys(1, 2);
        done(table().release("a", slots(1)));
        assertThat(done(table().beat("a", LONG)).owners()).containsOnlyKeys(2);
    }

    @Test
    void a_slot_that_was_released_is_claimed_with_a_greater_token() throws Exception {
        done(table().join("a", LONG));
        long first = done(table().claim("a", slots(3))).get(3);
        done(table().release("a", slots(3)));

        assertThat(done(table().claim("a", slots(3))).get(3)).isGreaterThan(first);
    }

    @Test
    void who_leaves_is_gone_with_all_that_it_owned() throws Exception {
        done(table().join("a", LONG));
        done(table().join("b", LONG));
        done(table().claim("a", slots(1, 2)));

        done(table().leave("a"));

        LeaseView view = done(table().beat("b", LONG));
        assertThat(view.nodes()).containsExactly("b");
        assertThat(view.owners()).isEmpty();
    }

    @Test
    void whose_time_is_up_loses_its_row_and_its_slots_at_the_next_beat_of_another() throws Exception {
        done(table().join("frozen", SHORT));
        done(table().join("alive", LONG));
        done(table().claim("frozen", slots(1)));
        pass(SHORT.multipliedBy(3));

        LeaseView view = done(table().beat("alive", LONG));

        assertThat(view.nodes()).containsExactly("alive");
        assertThat(view.owners()).isEmpty();
        assertThat(done(table().beat("frozen", SHORT)).nodes())
                .as("a beat does not bring it back")
                .containsExactly("alive");
    }

    @Test
    void whose_time_is_up_keeps_its_slots_where_it_beats_before_anyone_noticed() throws Exception {
        done(table().join("slow", SHORT));
        long token = done(table().claim("slow", slots(1))).get(1);
        pass(SHORT.multipliedBy(3));

        LeaseView view = done(table().beat("slow", LONG));

        assertThat(view.owners()).containsExactly(Map.entry(1, "slow"));
        assertThat(view.tokens()).containsEntry(1, token);
    }

    @Test
    void a_beat_keeps_a_row_alive() throws Exception {
        done(table().join("a", SHORT));
        done(table().beat("a", LONG));
        pass(SHORT.multipliedBy(3));

        assertThat(done(table().beat("b", LONG)).nodes()).containsExactly("a");
    }
}
