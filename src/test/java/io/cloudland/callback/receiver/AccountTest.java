package io.cloudland.callback.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountTest {

    private final Account account = new Account();

    private Verdict take(String id, String resource, String epoch, long sequence) {
        return account.take(new Arrival(
                Optional.of(id),
                Optional.of(resource),
                Optional.of(epoch),
                sequence,
                Optional.of("running"),
                sequence == 1 ? Optional.empty() : Optional.of("running")));
    }

    private Verdict takeStatus(long sequence, String previous, String status) {
        return account.take(new Arrival(
                Optional.of("evt-" + sequence),
                Optional.of("instance/1"),
                Optional.of("e"),
                sequence,
                Optional.of(status),
                Optional.of(previous).filter(text -> !text.isEmpty())));
    }

    @Test
    void events_in_order_are_unique_and_nothing_else() {
        take("a", "instance/1", "e", 1);
        take("b", "instance/1", "e", 2);
        take("c", "volume/1", "e", 1);

        assertThat(account.report()).isEqualTo(new Report(3, 3, 0, 0, 0, 0, 0, 2, 1, 0));
    }

    private Verdict takeStandingFor(long from, long sequence) {
        return account.take(new Arrival(
                Optional.of("evt-" + sequence),
                Optional.of("instance/1"),
                Optional.of("e"),
                sequence,
                Optional.of("s" + sequence),
                Optional.of("s" + (sequence - 1)),
                from,
                from == 0 ? 0 : sequence - from));
    }

    @Test
    void those_that_a_newer_one_stands_for_are_coalesced_and_not_missing() {
        takeStatus(1, "", "s1");
        assertThat(takeStandingFor(2, 5)).isEqualTo(Verdict.IN_ORDER);
        assertThat(takeStandingFor(0, 6)).isEqualTo(Verdict.IN_ORDER);

        assertThat(account.report().coalesced()).isEqualTo(3);
        assertThat(account.report().missing()).isZero();
        assertThat(account.report().outOfOrder()).isZero();
        assertThat(account.report().chainBreaks()).isZero();
        assertThat(account.report().asMap()).containsEntry("coalesced", 3L);
    }

    @Test
    void a_gap_that_reaches_further_back_than_the_range_is_a_loss_still() {
        takeStatus(1, "", "s1");
        takeStandingFor(4, 6);

        assertThat(account.report().coalesced()).isEqualTo(2);
        assertThat(account.report().missing()).isEqualTo(2);
        takeStandingFor(1, 7);
        assertThat(account.report().coalesced()).isEqualTo(4);
        assertThat(account.report().missing()).isZero();
    }

    @Test
    void one_in_the_range_that_had_been_taken_is_not_coalesced_and_neither_counts_twice() {
        takeStatus(1, "", "s1");
        takeStatus(3, "s2", "s3");
        takeStandingFor(2, 5);
        takeStandingFor(2, 5);

        assertThat(account.report().coalesced()).isEqualTo(2);
        assertThat(account.report().duplicate()).isEqualTo(1);
        assertThat(account.report().missing()).isZero();
    }

    @Test
    void a_repeat_that_stands_for_more_than_at_first_is_believed() {
        takeStatus(1, "", "s1");
        takeStandingFor(0, 4);
        assertThat(account.report().missing()).isEqualTo(2);

        assertThat(takeStandingFor(2, 4)).isEqualTo(Verdict.DUPLICATE);

        assertThat(account.report().missing()).isZero();
        assertThat(account.report().coalesced()).isEqualTo(2);
    }

    @Test
    void one_that_comes_after_the_one_that_stands_for_it_is_out_of_order() {
        takeStandingFor(1, 3);

        assertThat(takeStandingFor(0, 2)).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(account.report().missing()).isZero();
    }

    @Test
    void the_same_id_again_is_a_duplicate_and_touches_nothing_else() {
        take("a", "instance/1", "e", 1);
        take("b", "instance/1", "e", 2);

        assertThat(take("a", "instance/1", "e", 1)).isEqualTo(Verdict.DUPLICATE);
        assertThat(account.report()).isEqualTo(new Report(3, 2, 1, 0, 0, 0, 0, 1, 1, 0));
    }

    @Test
    void an_event_behind_a_later_one_is_out_of_order_and_no_longer_missing() {
        take("c", "instance/1", "e", 3);
        assertThat(account.report().missing()).isEqualTo(2);

        assertThat(take("a", "instance/1", "e", 1)).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(account.report().missing()).isEqualTo(1);
        assertThat(take("b", "instance/1", "e", 2)).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(account.report().missing()).isZero();
        assertThat(account.report().outOfOrder()).isEqualTo(2);
    }

    @Test
    void a_first_event_that_never_came_is_missing() {
        take("b", "instance/1", "e", 2);
        assertThat(account.report().missing()).isEqualTo(1);
    }

    @Test
    void sequences_start_anew_in_another_epoch() {
        take("a", "instance/1", "first", 5);
        assertThat(take("b", "instance/1", "second", 1)).isEqualTo(Verdict.IN_ORDER);
        assertThat(account.report().epochs()).isEqualTo(2);
        assertThat(account.report().resources()).isEqualTo(1);
    }

    @Test
    void without_an_id_every_event_is_unique_and_without_a_sequence_none_is_out_of_order() {
        Arrival bare = new Arrival(
                Optional.empty(), Optional.of("image/5"), Optional.empty(), 0, Optional.empty(), Optional.empty());
        account.take(bare);
        account.take(bare);
        assertThat(account.report()).isEqualTo(new Report(2, 2, 0, 0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void a_rejected_event_is_received_but_not_taken_and_its_retry_is_no_duplicate() {
        account.reject();
        take("a", "instance/1", "e", 1);
        assertThat(account.report()).isEqualTo(new Report(2, 1, 0, 0, 0, 1, 0, 1, 1, 0));
        assertThat(account.hasTaken("a")).isTrue();
        assertThat(account.hasTaken("b")).isFalse();
    }

    @Test
    void a_chain_that_holds_has_no_breaks() {
        takeStatus(1, "", "pending");
        takeStatus(2, "pending", "running");
        takeStatus(3, "running", "shut_off");
        assertThat(account.report().chainBreaks()).isZero();
    }

    @Test
    void a_previous_status_that_is_not_the_one_before_breaks_the_chain() {
        takeStatus(1, "", "pending");
        takeStatus(2, "running", "shut_off");
        assertThat(account.report().chainBreaks()).isEqualTo(1);
    }

    @Test
    void a_missing_previous_status_breaks_the_chain() {
        takeStatus(1, "", "pending");
        takeStatus(2, "", "running");
        assertThat(account.report().chainBreaks()).isEqualTo(1);
    }

    @Test
    void an_event_that_fills_a_gap_is_compared_with_both_its_neighbours() {
        takeStatus(1, "", "pending");
        takeStatus(3, "shut_off", "running");
        assertThat(account.report().chainBreaks()).isZero();
        takeStatus(2, "error", "paused");
        assertThat(account.report().chainBreaks()).isEqualTo(2);
    }

    @Test
    void more_resources_than_can_be_followed_are_told_as_untracked() {
        Account small = new Account(1);
        for (String resource : new String[] {"instance/1", "instance/2", "instance/1"}) {
            small.take(new Arrival(
                    Optional.empty(), Optional.of(resource), Optional.empty(), 1, Optional.empty(), Optional.empty()));
        }
        assertThat(small.report().unique()).isEqualTo(3);
        assertThat(small.report().untracked()).isEqualTo(1);
    }

    @Test
    void a_reset_forgets_everything() {
        take("a", "instance/1", "e", 4);
        account.reject();
        account.reset();
        assertThat(account.report()).isEqualTo(new Report(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(take("a", "instance/1", "e", 1)).isEqualTo(Verdict.IN_ORDER);
    }
}
