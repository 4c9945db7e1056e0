package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises of deliveries that a newer one stands for. */
public abstract class CoalescingContract extends RepeatedCommandsContract {

    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "busy");
    private static final AttemptOutcome TAKEN = new AttemptOutcome.Answered(200, "");

    /** So many events of one resource, all of them open; returns them in order. */
    protected final List<Delivery> accepted(long id, int count) {
        IntStream.rangeClosed(1, count)
                .forEach(i -> await(store.append(
                        change(instance(id), "s" + i),
                        false,
                        event -> List.of(new PlannedDelivery("default", payload("body " + event.sequence()))))));
        return open(id);
    }

    protected final List<Delivery> open(long id) {
        return pending(instance(id));
    }

    /** The last of them stands for all before it; returns it as it is then. */
    protected final Delivery coalesced(List<Delivery> deliveries) {
        List<Delivery> merged = deliveries.subList(0, deliveries.size() - 1);
        Delivery last = deliveries.get(deliveries.size() - 1);
        Coalesced others = last.coalesced();
        for (Delivery one : merged) {
            others = others.and(one);
        }
        Delivery standing = last.withCoalesced(others);
        await(store.coalesce(standing, merged));
        return standing;
    }

    private DeadLetter onlyLetter() {
        List<DeadLetter> letters = await(store.deadLetters(10));
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    @Test
    void of_those_coalesced_only_the_one_that_stands_for_them_is_pending_and_says_for_what() {
        List<Delivery> deliveries = accepted(127, 4);

        coalesced(deliveries.subList(0, 3));

        List<Delivery> left = open(127);
        assertThat(left).extracting(one -> one.event().sequence()).containsExactly(3L, 4L);
        assertThat(left).extracting(Delivery::coalesced).containsExactly(new Coalesced(2, 1), Coalesced.NOTHING);
        assertThat(left.get(0))
                .usingRecursiveComparison()
                .isEqualTo(deliveries.get(2).withCoalesced(new Coalesced(2, 1)));
        assertThat(await(store.pendingOf("default", instance(127), -1, Long.MAX_VALUE, 10)))
                .extracting(Delivery::coalesced)
                .containsExactly(new Coalesced(2, 1), Coalesced.NOTHING);
    }

    @Test
    void the_account_adds_up_with_those_coalesced() {
        List<Delivery> deliveries = accepted(127, 5);

        Delivery standing = coalesced(deliveries.subList(0, 3));
        await(store.delivered(standing, attempt(1, TAKEN)));

        StoreStats stats = store.stats();
        assertThat(stats.coalesced()).isEqualTo(2);
        assertThat(stats.delivered()).isEqualTo(1);
        assertThat(stats.pending()).isEqualTo(2);
        assertThat(stats.deliveries()).isEqualTo(5);
        assertThat(open(127)).extracting(one -> one.event().sequence()).containsExactly(4L, 5L);
    }

    @Test
    void one_that_stands_for_others_can_be_coalesced_itself_with_all_that_it_stands_for() {
        List<Delivery> deliveries = accepted(127, 5);
        Delivery first = coalesced(deliveries.subList(0, 3));

        coalesced(List.of(first, deliveries.get(3), deliveries.get(4)));

        assertThat(open(127)).extracting(Delivery::coalesced).containsExactly(new Coalesced(4, 1));
        assertThat(store.stats().coalesced()).isEqualTo(4);
    }

    @Test
    void those_that_have_ended_are_left_alone_and_counted_once() {
        List<Delivery> deliveries = accepted(127, 4);
        await(store.delivered(deliveries.get(0), attempt(1, TAKEN)));

        coalesced(deliveries.subList(0, 3));
        coalesced(deliveries.subList(0, 3));

        assertThat(store.stats().delivered()).isEqualTo(1);
        assertThat(store.stats().coalesced()).isEqualTo(1);
        assertThat(store.stats().pending()).isEqualTo(2);
    }

    @Test
    void nothing_ends_where_the_one_that_would_stand_for_it_has_ended() {
        List<Delivery> deliveries = accepted(127, 3);
        await(store.delivered(deliveries.get(2), attempt(1, TAKEN)));

        coalesced(deliveries);

        assertThat(open(127)).extracting(one -> one.event().sequence()).containsExactly(1L, 2L);
        assertThat(store.stats().coalesced()).isZero();
        assertThat(store.stats().pending()).isEqualTo(2);
    }

    @Test
    void one_that_waits_for_its_retry_can_be_coalesced_and_leaves_nothing_behind() {
        List<Delivery> deliveries = accepted(127, 2);
        await(store.retryAt(deliveries.get(0), attempt(1, BUSY), time.now().plusSeconds(5)));

        coalesced(open(127));

        assertThat(open(127)).extracting(Delivery::attemptsMade).containsExactly(0);
        assertThat(open(127)).extracting(Delivery::coalesced).containsExactly(new Coalesced(1, 1));
    }

    @Test
    void what_it_stands_for_outlives_its_retries() {
        Delivery standing = coalesced(accepted(127, 3));

        await(store.retryAt(standing, attempt(1, BUSY), time.now().plusSeconds(5)));
        Delivery tried = open(127).get(0);
        await(store.retryAt(tried, attempt(2, BUSY), time.now().plusSeconds(10)));

        Delivery last = open(127).get(0);
        assertThat(last.attemptsMade()).isEqualTo(2);
        assertThat(last.tries().startedAt()).hasSize(2);
        assertThat(last.coalesced()).isEqualTo(new Coalesced(2, 1));
    }

    @Test
    void its_dead_letter_and_the_replay_of_that_stand_for_the_same() {
        Delivery standing = coalesced(accepted(127, 3));

        await(store.dead(standing, attempt(1, BUSY), "why"));

        assertThat(onlyLetter().delivery().coalesced()).isEqualTo(new Coalesced(2, 1));
        assertThat(await(store.records().replay(DeadLetterFilter.all(), any -> true))
                        .count())
                .isEqualTo(1);
        Delivery again = open(127).get(0);
        assertThat(again.coalesced()).isEqualTo(new Coalesced(2, 1));
        assertThat(again.attemptsMade()).isZero();
        assertThat(again.notBefore()).isEqualTo(again.event().recordedAt());
        assertThat(new String(again.payload().body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("body 3");
        StoreStats stats = store.stats();
        assertThat(stats.deliveries()).isEqualTo(stats.dead() + stats.coalesced() + stats.pending());
    }

    @Test
    void a_full_store_has_room_again_for_as_many_as_were_coalesced() {
        List<Delivery> deliveries = accepted(127, CAPACITY);

        coalesced(deliveries.subList(0, 3));

        accepted(128, 2);
        assertThat(store.stats().pending()).isEqualTo(CAPACITY);
    }

    @Test
    void the_log_tells_which_one_stands_for_it_and_counts_it_neither_as_taken_nor_as_failed() {
        List<Delivery> deliveries = accepted(127, 2);
        await(store.retryAt(deliveries.get(0), attempt(1, BUSY), time.now()));
        time.advance(Duration.ofSeconds(5));

        Delivery standing = coalesced(open(127));

        List<LoggedAttempt> log = await(store.records().attempts(AttemptFilter.all(), 10));
        assertThat(log)
                .extracting(LoggedAttempt::became)
                .containsExactly(DeliveryState.COALESCED, DeliveryState.WAITING_FOR_RETRY);
        LoggedAttempt end = log.get(0);
        assertThat(end.sequence()).isEqualTo(1);
        assertThat(end.attempt().number()).isEqualTo(1);
        assertThat(end.attempt().startedAt()).isEqualTo(time.now());
        assertThat(end.attempt().outcome().describe())
                .isEqualTo(standing.event().id() + " #2 stands for it");
        assertThat(await(store.records().attempts(whether(true), 10))).isEmpty();
        assertThat(await(store.records().attempts(whether(false), 10))).hasSize(1);
    }

    private static AttemptFilter whether(boolean succeeded) {
        return new AttemptFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(succeeded));
    }
}
