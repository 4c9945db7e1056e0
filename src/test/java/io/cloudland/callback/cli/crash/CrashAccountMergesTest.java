package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.cli.crash.CrashFigures.Promise;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The account of events that are merged must be able to fail, too: each promise is broken once and must be told, alone. */
class CrashAccountMergesTest {

    private static final CommandCounts COMMANDS = new CommandCounts(9, 8, 0, 1);

    private final CrashAccount account = new CrashAccount(true, false);

    private static String status(long sequence) {
        return "running-" + sequence;
    }

    /** One that stands for all from there up to itself; 0 for none. */
    private static Sighting event(long from, long sequence) {
        return event(from, sequence, status(sequence), status(sequence - 1), from == 0 ? 0 : sequence - from);
    }

    private static Sighting event(long from, long sequence, String status, String previous, long count) {
        return new Sighting(
                "evt_" + sequence,
                "instance/1",
                "epoch",
                sequence,
                status,
                sequence == 1 ? Optional.empty() : Optional.of(previous),
                from,
                count,
                "digest " + sequence);
    }

    private void acknowledge(long... sequences) {
        for (long sequence : sequences) {
            acknowledge(sequence, status(sequence));
        }
    }

    private void acknowledge(long sequence, String status) {
        account.acknowledged("evt_" + sequence, new SentCommand("instance/1", status));
    }

    private void deliver(Sighting... events) {
        for (Sighting event : events) {
            account.arrived(event);
            account.taken(event.id());
        }
    }

    private CrashFigures close() {
        return account.close(COMMANDS, 0);
    }

    private List<String> broken() {
        return close().promises().stream()
                .filter(promise -> promise.broken() > 0)
                .map(Promise::key)
                .toList();
    }

    @Test
    void acknowledged_events_that_nobody_saw_are_merged_where_a_later_one_that_was_taken_stands_for_them() {
        acknowledge(1, 2, 3, 4, 5);
        deliver(event(0, 1), event(2, 4), event(0, 5));

        assertThat(broken()).isEmpty();
        assertThat(close().isGood()).isTrue();
        assertThat(close().delivered()).isEqualTo(3);
        assertThat(close().merges().merged()).isEqualTo(2);
    }

    @Test
    void a_dead_letter_stands_for_others_as_well() {
        acknowledge(1, 2, 3);
        account.arrived(event(1, 3));
        account.dead(event(1, 3));

        assertThat(broken()).isEmpty();
        assertThat(close().merges().merged()).isEqualTo(2);
        assertThat(close().dead()).isEqualTo(1);
    }

    @Test
    void one_that_was_refused_and_cut_short_by_a_kill_may_be_merged_and_so_may_one_that_stood_for_others_itself() {
        acknowledge(1, 2, 3, 4);
        account.arrived(event(1, 2));
        deliver(event(1, 4));

        assertThat(broken()).isEmpty();
        assertThat(close().merges().merged()).isEqualTo(3);
        assertThat(close().merges().taken()).isZero();
    }

    @Test
    void one_that_was_taken_and_merged_because_a_kill_came_in_between_counts_as_delivered() {
        acknowledge(1, 2, 3);
        deliver(event(0, 1), event(1, 3));

        assertThat(broken()).isEmpty();
        assertThat(close().delivered()).isEqualTo(2);
        assertThat(close().merges().merged()).isEqualTo(1);
        assertThat(close().merges().taken()).isEqualTo(1);
    }

    @Test
    void an_acknowledged_event_for_which_none_stands_is_lost() {
        acknowledge(1, 2, 3, 4, 5);
        deliver(event(0, 1), event(2, 4));

        assertThat(broken()).containsExactly("lost", "unaccounted");
        assertThat(close().lost()).isEqualTo(1);
    }

    @Test
    void more_acknowledged_commands_in_between_than_numbers_that_are_stood_for_are_lost() {
        acknowledge(1, 2, 3);
        acknowledge(33, "running-4");
        acknowledge(4, "running-5");
        deliver(event(0, 1), event(2, 4, "running-5", "running-4", 2));

        assertThat(broken()).containsExactly("lost", "unaccounted");
        assertThat(close().lost()).isEqualTo(1);
    }

    @Test
    void one_that_stands_for_others_and_was_not_taken_settles_none_of_them() {
        acknowledge(1, 2, 3);
        account.arrived(event(1, 3));

        assertThat(close().lost()).isEqualTo(3);
        assertThat(close().merges().merged()).isZero();
    }

    @Test
    void a_number_that_is_neither_taken_nor_stood_for_is_a_gap() {
        acknowledge(1, 4);
        deliver(event(0, 1), event(3, 4, status(4), status(1), 1));

        assertThat(broken()).contains("gaps");
        assertThat(close().gaps()).isEqualTo(1);
    }

    @Test
    void the_status_before_is_that_of_the_last_one_merged() {
        acknowledge(1, 2, 3);
        deliver(event(0, 1), event(2, 4, "running-4", "running-2", 2));

        assertThat(broken()).containsExactly("chain_breaks");
    }

    @Test
    void a_command_whose_answer_was_lost_may_have_been_the_last_one_merged() {
        acknowledge(1, 2, 4);
        account.unanswered(new SentCommand("instance/1", "running-3"));
        deliver(event(0, 1), event(2, 4));

        assertThat(broken()).isEmpty();
        assertThat(close().unacknowledged()).isEqualTo(1);
    }

    @Test
    void more_events_stood_for_than_there_were_commands_are_told() {
        acknowledge(1, 4);
        account.unanswered(new SentCommand("instance/1", "running-3"));
        deliver(event(0, 1), event(2, 4));

        assertThat(broken()).containsExactly("unasked");
    }

    @Test
    void a_creation_deletion_or_error_that_nobody_saw_is_swallowed() {
        acknowledge(1, 3);
        acknowledge(2, "error-2");
        deliver(event(0, 1), event(2, 3, status(3), "error-2", 1));

        assertThat(broken()).containsExactly("swallowed");
    }

    @Test
    void one_that_was_seen_is_swallowed_too_where_one_stands_for_it() {
        acknowledge(2);
        acknowledge(1, "created-1");
        deliver(event(0, 1, "created-1", "", 0), event(1, 2, status(2), "created-1", 1));

        assertThat(broken()).containsExactly("swallowed");
    }

    @Test
    void a_dead_letter_has_ended_and_none_stands_for_it() {
        acknowledge(1, 2);
        account.arrived(event(0, 1));
        deliver(event(1, 2));
        account.dead(event(0, 1));

        assertThat(broken()).containsExactly("swallowed");
    }

    @Test
    void an_event_that_is_sent_after_one_that_stands_for_it_is_told_even_where_it_was_sent_before() {
        acknowledge(1, 2);
        deliver(event(0, 1), event(1, 2), event(0, 1));

        assertThat(broken()).containsExactly("late_duplicates", "sent_after");
    }

    @Test
    void a_range_that_its_count_does_not_fit_is_told() {
        acknowledge(1, 2, 3);
        deliver(event(1, 3, status(3), status(2), 1));

        assertThat(broken()).containsExactly("unsound_ranges");
    }

    @Test
    void a_count_without_a_range_is_told() {
        acknowledge(1);
        deliver(event(0, 1, status(1), "", 4));

        assertThat(broken()).containsExactly("unsound_ranges");
    }

    @Test
    void another_range_in_a_repetition_is_told() {
        acknowledge(1, 2, 3);
        account.arrived(event(2, 3));
        deliver(event(0, 1), event(1, 3));

        assertThat(broken()).contains("changed_ids");
    }

    @Test
    void where_nothing_is_to_be_merged_a_range_is_told_and_settles_nothing() {
        CrashAccount plain = new CrashAccount(false, false);
        plain.acknowledged("evt_1", new SentCommand("instance/1", status(1)));
        plain.arrived(event(1, 2));
        plain.taken("evt_2");

        CrashFigures figures = plain.close(COMMANDS, 0);

        assertThat(figures.merges().unsound()).isEqualTo(1);
        assertThat(figures.lost()).isEqualTo(1);
        assertThat(figures.gaps()).isEqualTo(1);
        assertThat(figures.merges().merged()).isZero();
    }
}
