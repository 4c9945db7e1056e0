package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.ResourceChangeEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an {@link EventStore} promises that says {@link EventStore#durable()}: a restart changes nothing. */
public abstract class DurableEventStoreContract extends ClockJumpContract {

    /** A store that is not open yet, over what the closed one before it kept. */
    protected abstract EventStore recreate();

    protected void restart() {
        await(store.close());
        store = recreate();
        await(store.open());
    }

    private ResourceChangeEvent append(long id, String status, String... endpoints) {
        List<String> owed = endpoints.length == 0 ? List.of("default") : List.of(endpoints);
        AppendResult result = await(store.append(
                change(instance(id), status),
                false,
                event -> owed.stream()
                        .map(endpoint -> new PlannedDelivery(endpoint, payload(endpoint + ":" + status)))
                        .toList()));
        return ((AppendResult.Appended) result).event();
    }

    private List<Delivery> pending(String endpoint, long id) {
        return await(store.pending(endpoint, instance(id).slot(), -1, 1_000));
    }

    private static AttemptOutcome answered(int status) {
        return new AttemptOutcome.Answered(status, "excerpt");
    }

    @Test
    void it_says_that_it_survives_a_restart() {
        assertThat(store.durable()).isTrue();
    }

    @Test
    void what_is_pending_is_there_after_a_restart_in_order_and_the_same_in_everything() {
        IntStream.range(0, 10).forEach(i -> append(127, "s" + i, "a", "b"));
        List<Delivery> before = pending("a", 127);

        restart();

        List<Delivery> after = pending("a", 127);
        assertThat(after).hasSize(10);
        assertThat(after).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(before);
        assertThat(pending("b", 127))
                .hasSize(10)
                .allSatisfy(delivery -> assertThat(new String(delivery.payload().body(), StandardCharsets.UTF_8))
                        .startsWith("b:"));
    }

    @Test
    void whoever_reads_on_sees_what_became_of_a_delivery_meanwhile() {
        append(127, "s0");
        long read = pending("default", 127).get(0).position();
        append(127, "s1");
        append(127, "s2");
        List<Delivery> open = pending("default", 127);
        await(store.dead(open.get(1), attempt(4, answered(500)), "gone"));
        Instant due = open.get(2).notBefore().plus(Duration.ofHours(1));
        await(store.retryAt(open.get(2), attempt(1, answered(503)), due));

        List<Delivery> after = await(store.pending("default", instance(127).slot(), read, 100));
        assertThat(after).singleElement().satisfies(delivery -> {
            assertThat(delivery.event()).isEqualTo(open.get(2).event());
            assertThat(delivery.attemptsMade()).isEqualTo(1);
            assertThat(delivery.notBefore()).isEqualTo(due);
        });
        await(store.records().replay(DeadLetterFilter.all(), any -> true));
        assertThat(await(store.pending(
                        "default", instance(127).slot(), after.get(0).position(), 100)))
                .as("what is replayed is a delivery again")
                .singleElement()
                .satisfies(replayed ->
                        assertThat(replayed.event()).isEqualTo(open.get(1).event()));
    }

    @Test
    void attempts_and_due_times_survive() {
        append(127, "running");
        Delivery delivery = pending("default", 127).get(0);
        Instant due = delivery.notBefore().plus(Duration.ofSeconds(5));
        await(store.retryAt(delivery, attempt(1, answered(503)), due));
        Instant later = due.plus(Duration.ofHours(5));
        await(store.retryAt(delivery.retryAt(due), attempt(2, answered(503)), later));

        restart();

        assertThat(pending("default", 127)).singleElement().satisfies(kept -> {
            assertThat(kept.attemptsMade()).isEqualTo(2);
            assertThat(kept.notBefore()).isEqualTo(later);
        });
    }

    @Test
    void what_ended_stays_ended() {
        append(1, "running");
        append(2, "running");
        Delivery first = pending("default", 1).get(0);
        await(store.retryAt(first, attempt(1, answered(503)), first.notBefore()));
        await(store.delivered(first.retryAt(first.notBefore()), attempt(2, answered(200))));

        restart();

        assertThat(pending("default", 1)).isEmpty();
        assertThat(pending("default", 2)).hasSize(1);
        await(store.delivered(first, attempt(2, answered(200))));
        assertThat(store.stats().pending()).isEqualTo(1);
        assertThat(store.stats().delivered()).isZero();
    }

    @Test
    void dead_letters_survive_the_same_in_everything() {
        append(1, "running");
        append(2, "running");
        await(store.dead(pending("default", 1).get(0), attempt(4, answered(500)), "first"));
        await(store.dead(
                pending("default", 2).get(0),
                attempt(4, new AttemptOutcome.TimedOut(Duration.ofSeconds(30))),
                "second"));
        var before = await(store.deadLetters(10));

        restart();

        assertThat(await(store.deadLetters(10)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(before);
        assertThat(store.stats().deadKept()).isEqualTo(2);
        assertThat(pending("default", 1)).isEmpty();
    }

    @Test
    void the_times_of_attempts_and_the_last_outcome_survive_also_into_the_dead_letter() {
        append(127, "running");
        Delivery delivery = pending("default", 127).get(0);
        await(store.retryAt(delivery, attempt(1, answered(503)), delivery.notBefore()));
        List<Delivery> before = pending("default", 127);

        restart();

        Delivery waiting = pending("default", 127).get(0);
        assertThat(waiting.tries()).isEqualTo(before.get(0).tries());
        assertThat(waiting.tries().last().map(Attempt::outcome)).contains(answered(503));
        await(store.dead(waiting, attempt(2, answered(500)), "why"));
        restart();
        assertThat(await(store.deadLetters(1)).get(0).attemptedAt()).hasSize(2);
    }

    @Test
    void replays_and_purges_survive_and_the_account_goes_on() {
        for (long id = 1; id <= 3; id++) {
            append(id, "running");
            await(store.dead(pending("default", id).get(0), attempt(4, answered(500)), "reason " + id));
            time.advance(Duration.ofSeconds(1));
        }
        await(records().replay(reason("reason 1"), any -> true));
        await(records().purge(reason("reason 2")));

        restart();

        assertThat(pending("default", 1))
                .singleElement()
                .satisfies(again -> assertThat(again.attemptsMade()).isZero());
        assertThat(await(store.deadLetters(10))).extracting(DeadLetter::reason).containsExactly("reason 3");
        assertThat(store.stats()).isEqualTo(new StoreStats(0, 1, 0, 0, 1, CAPACITY, 1));
        await(records().replay(DeadLetterFilter.all(), any -> true));
        restart();
        assertThat(store.stats()).isEqualTo(new StoreStats(0, 2, 0, 0, 2, CAPACITY, 0));
        assertThat(await(records().deliveries(DeliveryFilter.all(), 10))).hasSize(2);
    }

    private static DeadLetterFilter reason(String part) {
        return new DeadLetterFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(part));
    }

    @Test
    void what_a_delivery_stands_for_survives_and_those_it_stands_for_stay_ended() {
        Delivery standing = coalesced(accepted(127, 3));

        restart();

        assertThat(open(127)).usingRecursiveFieldByFieldElementComparator().containsExactly(standing);
        assertThat(store.stats().pending()).isEqualTo(1);
        assertThat(await(store.records().attempts(AttemptFilter.all(), 10)))
                .extracting(LoggedAttempt::became)
                .containsExactly(DeliveryState.COALESCED, DeliveryState.COALESCED);
    }

    @Test
    void what_it_stands_for_survives_also_in_a_retry_a_dead_letter_and_its_replay() {
        Delivery standing = coalesced(accepted(127, 3));
        await(store.retryAt(standing, attempt(1, answered(503)), time.now()));
        restart();
        assertThat(open(127)).extracting(Delivery::coalesced).containsExactly(new Coalesced(2, 1));

        await(store.dead(open(127).get(0), attempt(2, answered(503)), "why"));
        restart();
        assertThat(await(store.deadLetters(10)).get(0).delivery().coalesced()).isEqualTo(new Coalesced(2, 1));

        await(store.records().replay(DeadLetterFilter.all(), any -> true));
        restart();
        assertThat(open(127)).extracting(Delivery::coalesced).containsExactly(new Coalesced(2, 1));
        assertThat(open(127)).extracting(Delivery::attemptsMade).containsExactly(0);
    }

    @Test
    void the_delivery_log_survives_and_goes_on() {
        append(1, "running");
        await(store.delivered(pending("default", 1).get(0), attempt(1, answered(200))));
        List<LoggedAttempt> before = await(records().attempts(AttemptFilter.all(), 10));

        restart();
        append(2, "running");
        await(store.delivered(pending("default", 2).get(0), attempt(1, answered(200))));

        List<LoggedAttempt> after = await(records().attempts(AttemptFilter.all(), 10));
        assertThat(after).hasSize(2).endsWith(before.get(0));
    }

    @Test
    void histories_go_on_without_a_gap_and_in_the_same_epoch() {
        ResourceChangeEvent before = append(127, "pending");

        restart();

        assertThat(await(store.lastState(instance(127)))).hasValueSatisfying(state -> {
            assertThat(state.status()).isEqualTo("pending");
            assertThat(state.uuid()).isEqualTo(before.change().uuid());
            assertThat(state.metadata()).isEqualTo(Map.of("hostname", "vm-127"));
        });
        ResourceChangeEvent after = append(127, "running");
        assertThat(after.sequence()).isEqualTo(2);
        assertThat(after.previousStatus()).contains("pending");
        assertThat(after.epoch()).isEqualTo(before.epoch());
    }

    @Test
    void the_state_survives_the_end_of_every_delivery() {
        append(127, "running");
        await(store.delivered(pending("default", 127).get(0), attempt(1, answered(200))));

        restart();

        AppendResult unchanged = await(store.append(change(instance(127), "running"), true, event -> List.of()));
        assertThat(unchanged).isInstanceOf(AppendResult.Unchanged.class);
    }

    @Test
    void positions_go_on_and_are_never_given_twice() {
        append(127, "a");
        append(127, "b");
        List<Delivery> before = pending("default", 127);
        before.forEach(delivery -> await(store.delivered(delivery, attempt(1, answered(200)))));

        restart();
        append(127, "c");

        assertThat(pending("default", 127))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.position())
                        .isGreaterThan(before.get(1).position()));
    }

    @Test
    void the_account_counts_what_was_found_open() {
        IntStream.rangeClosed(1, 6).forEach(i -> append(i, "running"));
        await(store.delivered(pending("default", 1).get(0), attempt(1, answered(200))));
        await(store.dead(pending("default", 2).get(0), attempt(1, answered(500)), "why"));

        restart();

        assertThat(store.stats()).isEqualTo(new StoreStats(0, 4, 0, 0, 4, CAPACITY, 1));
        append(7, "running");
        assertThat(store.stats()).isEqualTo(new StoreStats(1, 5, 0, 0, 5, CAPACITY, 1));
    }

    @Test
    void a_full_store_is_full_after_a_restart_too() {
        IntStream.range(0, CAPACITY).forEach(i -> append(1, "s" + i));

        restart();

        assertThatThrownBy(() -> append(1, "one too many")).hasMessageContaining("queue_size");
    }

    @Test
    void many_restarts_with_work_between_keep_everything_in_line() {
        List<String> statuses = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                ResourceChangeEvent event = append(9, "s" + round + "-" + i);
                assertThat(event.sequence()).isEqualTo(statuses.size() + 1);
                assertThat(event.previousStatus().orElse(null))
                        .isEqualTo(statuses.isEmpty() ? null : statuses.get(statuses.size() - 1));
                statuses.add(event.change().status());
            }
            List<Delivery> open = pending("default", 9);
            open.subList(0, 18).forEach(delivery -> await(store.delivered(delivery, attempt(1, answered(200)))));
            restart();
        }
        assertThat(pending("default", 9))
                .hasSize(10)
                .extracting(delivery -> delivery.event().sequence())
                .isSorted();
    }

    /** The clock stands further back after the restart, up to an hour. */
    @Test
    void a_restart_with_the_clock_set_back_changes_nothing() {
        // So that an hour before lies in another stretch of the window.
        time.jumpTo(Instant.ofEpochMilli(WINDOW.toMillis() * 20_400).plus(Duration.ofMinutes(30)));
        restart();
        assertThat(appendOnce("running")).isInstanceOf(AppendResult.Appended.class);
        acceptAndBury(1);
        Instant before = time.now();
        time.jump(Duration.ofHours(-1));
        restart();

        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Duplicate.class);
        acceptAndBury(2);
        assertThat(buried()).containsExactlyInAnyOrder("reason 1", "reason 2");
        assertThat(logged()).containsExactly(2L, 1L);
        AttemptFilter sinceThen = new AttemptFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(before),
                Optional.empty(),
                Optional.empty());
        assertThat(await(records().attempts(sinceThen, 10)))
                .extracting(attempt -> attempt.resource().id())
                .as("found though a later row was written by an earlier clock")
                .containsExactly(1L);
        ResourceChangeEvent next = append(1, "paused");
        assertThat(next.sequence()).isEqualTo(2);
        assertThat(await(store.lastState(instance(1))).orElseThrow().sequence()).isEqualTo(2);
    }

    @Test
    void a_restart_with_the_clock_at_its_beginning_changes_nothing_but_what_repeats_are_known() {
        IntStream.range(0, 3).forEach(i -> append(127, "s" + i, "a"));
        acceptAndBury(1);
        List<Delivery> before = pending("a", 127);
        time.jumpTo(Instant.EPOCH.plusSeconds(20));
        restart();

        assertThat(pending("a", 127)).usingRecursiveComparison().isEqualTo(before);
        assertThat(append(127, "s3", "a").sequence()).isEqualTo(4);
        acceptAndBury(2);
        assertThat(buried()).containsExactlyInAnyOrder("reason 1", "reason 2");
        assertThat(logged()).containsExactly(2L, 1L);
    }
}
