package io.cloudland.callback.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.cli.crash.CrashFigures.Promise;
import io.cloudland.callback.receiver.Arrival;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The account must be able to fail: each promise is broken once and must be told, alone. */
class CrashAccountTest {

    private static final CommandCounts COMMANDS = new CommandCounts(4, 3, 0, 1);

    private final CrashAccount account = new CrashAccount(false, false);

    private static Sighting event(long sequence) {
        return event("evt_" + sequence, sequence, status(sequence), previous(sequence), "body " + sequence);
    }

    private static Sighting event(String id, long sequence, String status, Optional<String> previous, String body) {
        Arrival arrival = new Arrival(
                Optional.of(id),
                Optional.of("instance/1"),
                Optional.of("epoch"),
                sequence,
                Optional.of(status),
                previous);
        return Sighting.of(arrival, body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static String status(long sequence) {
        return "running-" + sequence;
    }

    private static Optional<String> previous(long sequence) {
        return sequence == 1 ? Optional.empty() : Optional.of(status(sequence - 1));
    }

    private void acknowledge(long... sequences) {
        for (long sequence : sequences) {
            account.acknowledged("evt_" + sequence, new SentCommand("instance/1", status(sequence)));
        }
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
    void all_delivered_in_order_breaks_nothing() {
        acknowledge(1, 2, 3);
        deliver(event(1), event(2), event(3));

        CrashFigures figures = close();

        assertThat(broken()).isEmpty();
        assertThat(figures.isGood()).isTrue();
        assertThat(figures.delivered()).isEqualTo(3);
        assertThat(figures.resources()).isEqualTo(1);
    }

    @Test
    void nothing_acknowledged_shows_nothing() {
        assertThat(broken()).isEmpty();
        assertThat(close().isGood()).isFalse();
    }

    @Test
    void an_acknowledged_event_that_is_nowhere_is_lost() {
        acknowledge(1, 2, 3);
        deliver(event(1), event(2));

        assertThat(broken()).containsExactly("lost", "unaccounted");
        assertThat(close().lost()).isEqualTo(1);
        assertThat(close().isGood()).isFalse();
    }

    @Test
    void an_event_that_was_refused_by_the_receiver_and_never_came_again_is_lost_though_nobody_acknowledged_it() {
        acknowledge(1);
        deliver(event(1));
        account.arrived(event(2));

        assertThat(broken()).containsExactly("lost");
    }

    @Test
    void what_is_pending_is_told_as_pending_not_as_lost() {
        acknowledge(1, 2);
        deliver(event(1));

        CrashFigures figures = account.close(COMMANDS, 1);

        assertThat(figures.lost()).isZero();
        assertThat(figures.pending()).isEqualTo(1);
        assertThat(figures.isGood()).isFalse();
    }

    @Test
    void a_dead_letter_settles_its_event_and_fills_its_place() {
        acknowledge(1, 2, 3);
        deliver(event(1), event(3));
        account.arrived(event(2));
        account.dead(event(2));

        assertThat(broken()).isEmpty();
        assertThat(close().dead()).isEqualTo(1);
    }

    @Test
    void a_dead_letter_that_the_receiver_took_counts_once_as_delivered() {
        acknowledge(1);
        deliver(event(1));
        account.dead(event(1));

        assertThat(broken()).isEmpty();
        assertThat(close().delivered()).isEqualTo(1);
        assertThat(close().dead()).isZero();
        assertThat(close().takenAndDead()).isEqualTo(1);
    }

    @Test
    void the_same_event_again_is_a_duplicate_and_allowed() {
        acknowledge(1, 2);
        deliver(event(1), event(2), event(2));

        assertThat(broken()).isEmpty();
        assertThat(close().duplicates()).isEqualTo(1);
    }

    @Test
    void the_same_event_again_after_a_later_one_of_its_resource_came_late() {
        acknowledge(1, 2);
        deliver(event(1), event(2), event(1));

        assertThat(broken()).containsExactly("late_duplicates");
    }

    @Test
    void where_the_power_is_cut_repetitions_may_come_late() {
        CrashAccount cut = new CrashAccount(false, true);
        for (Sighting event : List.of(event(1), event(2), event(1))) {
            cut.acknowledged(event.id(), new SentCommand("instance/1", event.status()));
            cut.arrived(event);
            cut.taken(event.id());
        }

        CrashFigures figures = cut.close(COMMANDS, 0);

        assertThat(figures.isGood()).isTrue();
        assertThat(figures.lateDuplicates()).isEqualTo(1);
    }

    @Test
    void a_new_event_below_one_that_was_taken_is_out_of_order() {
        acknowledge(1, 2, 3);
        deliver(event(1), event(3), event(2));

        assertThat(broken()).containsExactly("out_of_order");
    }

    @Test
    void a_sequence_number_without_an_event_is_a_gap() {
        acknowledge(1, 3);
        deliver(event(1), event(3));

        assertThat(broken()).containsExactly("gaps");
    }

    @Test
    void a_history_that_does_not_begin_at_1_has_a_gap() {
        acknowledge(2, 3);
        deliver(event(2), event(3));

        assertThat(broken()).containsExactly("gaps");
    }

    @Test
    void another_previous_status_than_that_of_the_event_before_breaks_the_chain() {
        acknowledge(1, 2);
        deliver(event(1), event("evt_2", 2, status(2), Optional.of("paused-7"), "body"));

        assertThat(broken()).containsExactly("chain_breaks");
    }

    @Test
    void a_missing_previous_status_breaks_the_chain_and_so_does_one_on_first_sight() {
        acknowledge(1, 2);
        deliver(
                event("evt_1", 1, status(1), Optional.of("paused-7"), "body"),
                event("evt_2", 2, status(2), Optional.empty(), "body"));

        assertThat(close().chainBreaks()).isEqualTo(2);
    }

    @Test
    void the_chain_goes_through_dead_letters() {
        acknowledge(1, 2, 3);
        deliver(event(1), event(3));
        account.dead(event("evt_2", 2, "paused-2", Optional.of(status(1)), "body"));

        assertThat(broken()).containsExactly("chain_breaks");
    }

    @Test
    void a_repeated_attempt_with_another_body_is_told() {
        acknowledge(1);
        account.arrived(event(1));
        deliver(event("evt_1", 1, status(1), Optional.empty(), "another body"));

        assertThat(broken()).containsExactly("changed_bodies");
    }

    @Test
    void a_dead_letter_with_another_body_than_its_attempts_is_told() {
        acknowledge(1, 2);
        deliver(event(1));
        account.arrived(event(2));
        account.dead(event("evt_2", 2, status(2), previous(2), "another body"));

        assertThat(broken()).containsExactly("changed_bodies");
    }

    @Test
    void a_place_in_the_history_with_two_ids_is_told() {
        acknowledge(1);
        deliver(event(1), event("evt_other", 1, status(1), Optional.empty(), "body 1"));

        assertThat(broken()).containsExactly("changed_ids");
    }

    @Test
    void an_id_that_changes_its_place_is_told() {
        acknowledge(1);
        deliver(event(1), event("evt_1", 2, status(1), Optional.empty(), "body 1"));

        assertThat(broken()).containsExactly("changed_ids");
    }

    @Test
    void events_in_another_order_than_their_commands_are_told() {
        acknowledge(1, 2);
        deliver(
                event("evt_1", 1, "running-2", Optional.empty(), "a"),
                event("evt_2", 2, "running-1", Optional.of("running-2"), "b"));

        assertThat(broken()).containsExactly("misplaced");
    }

    @Test
    void two_events_of_one_command_are_told() {
        acknowledge(1, 2);
        deliver(
                event("evt_1", 1, "running-1", Optional.empty(), "a"),
                event("evt_2", 2, "running-1", Optional.of("running-1"), "b"));

        assertThat(broken()).containsExactly("misplaced");
    }

    @Test
    void more_events_than_commands_are_told() {
        acknowledge(1);
        deliver(event(1), event(2), event(3));

        assertThat(broken()).containsExactly("unasked");
    }

    @Test
    void a_new_epoch_is_told() {
        acknowledge(1, 2);
        Sighting second = event(2);
        deliver(event(1));
        deliver(new Sighting(
                second.id(),
                second.resource(),
                "later",
                2,
                second.status(),
                second.previousStatus(),
                0,
                0,
                second.digest()));

        assertThat(broken()).containsExactly("epoch_changes");
    }

    @Test
    void an_event_that_does_not_tell_what_it_is_is_told() {
        acknowledge(1);
        deliver(event(1));
        account.arrivedUnreadable();

        assertThat(broken()).containsExactly("unreadable");
        assertThat(Sighting.of(
                        new Arrival(
                                Optional.of("evt_1"),
                                Optional.of("instance/1"),
                                Optional.of("epoch"),
                                0,
                                Optional.of("running-1"),
                                Optional.empty()),
                        new byte[0]))
                .isEmpty();
    }

    @Test
    void a_dead_letter_as_the_service_lists_it_is_the_event_that_arrived() {
        JsonObject letter = new JsonObject()
                .put("id", "evt_2")
                .put("resource", "instance/1")
                .put("epoch", "epoch")
                .put("sequence", 2)
                .put("status", status(2))
                .put("previous_status", status(1))
                .put("coalesced_from", 0)
                .put("coalesced_count", 0)
                .put("body", "body 2");

        assertThat(Sighting.ofDeadLetter(letter)).isEqualTo(event(2));
    }
}
