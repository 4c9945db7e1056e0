package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises of its {@link DeliveryRecords}. */
public abstract class DeliveryRecordsContract extends CoalescingContract {

    protected static final AttemptOutcome REFUSED = new AttemptOutcome.Failed("connection refused");
    protected static final AttemptOutcome UNAVAILABLE = new AttemptOutcome.Answered(503, "busy");
    protected static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "thanks");

    protected DeliveryRecords records() {
        return store.records();
    }

    protected final void reopen(Retention retention) {
        await(store.close());
        store = create(retention, WINDOW);
        await(store.open());
    }

    protected ResourceChangeEvent accept(String endpoint, long id, String status) {
        AppendResult result = await(store.append(
                change(instance(id), status),
                false,
                event -> List.of(new PlannedDelivery(endpoint, payload(status + "#" + event.sequence())))));
        return ((AppendResult.Appended) result).event();
    }

    protected List<Delivery> open(String endpoint, long id) {
        return await(store.pending(endpoint, instance(id).slot(), -1, 1_000));
    }

    /** An attempt that has just ended. */
    protected final Attempt endedNow(int number, AttemptOutcome outcome) {
        return new Attempt(number, time.now(), Duration.ofMillis(12), outcome);
    }

    /** Ends the first open delivery of that resource as a dead letter. */
    protected void die(String endpoint, long id, String reason) {
        await(store.dead(open(endpoint, id).get(0), endedNow(1, REFUSED), reason));
        time.advance(Duration.ofSeconds(1));
    }

    protected final ResourceChangeEvent acceptAndDie(String endpoint, long id, String status, String reason) {
        ResourceChangeEvent event = accept(endpoint, id, status);
        die(endpoint, id, reason);
        return event;
    }

    private long replay(DeadLetterFilter filter) {
        Replayed replayed = await(records().replay(filter, any -> true));
        assertThat(replayed.stopped()).isEmpty();
        return replayed.count();
    }

    private List<DeadLetter> dead(DeadLetterFilter filter) {
        return await(records().deadLetters(filter, 1_000));
    }

    private void assertThatTheAccountCloses() {
        StoreStats stats = store.stats();
        assertThat(stats.delivered() + stats.dead() + stats.pending()).isEqualTo(stats.deliveries());
        assertThat(stats.deadKept()).isEqualTo(dead(DeadLetterFilter.all()).size());
        assertThat(stats.dead()).isEqualTo(stats.deadKept() + stats.replayed() + stats.purged() + stats.letGo());
    }

    @Test
    void dead_letters_are_found_by_each_of_their_traits() {
        Instant start = time.now();
        ResourceChangeEvent first = acceptAndDie("a", 1, "running", "HTTP 500 after 4 attempts");
        acceptAndDie("b", 2, "shut_off", "connection refused");
        Instant third = time.now();
        acceptAndDie("a", 2, "running", "Connection reset");

        assertThat(reasons(of(Optional.empty(), Optional.of("a"), Optional.empty())))
                .containsExactly("Connection reset", "HTTP 500 after 4 attempts");
        assertThat(reasons(DeadLetterFilter.ofEvent(first.id().value()))).containsExactly("HTTP 500 after 4 attempts");
        assertThat(reasons(of(Optional.of("shut_off"), Optional.empty(), Optional.empty())))
                .containsExactly("connection refused");
        assertThat(reasons(of(Optional.empty(), Optional.empty(), Optional.of("CONNECTION"))))
                .containsExactly("Connection reset", "connection refused");
        assertThat(reasons(died(Optional.of(third), Optional.empty()))).containsExactly("Connection reset");
        assertThat(reasons(died(Optional.of(start), Optional.of(third))))
                .containsExactly("connection refused", "HTTP 500 after 4 attempts");
        assertThat(reasons(died(Optional.of(third), Optional.of(start)))).isEmpty();
        assertThat(reasons(ofResource(ResourceType.INSTANCE, 2)))
                .containsExactly("Connection reset", "connection refused");
        assertThat(reasons(ofResource(ResourceType.VOLUME, 2))).isEmpty();
        assertThat(await(records().deadLetters(DeadLetterFilter.all(), 2))).hasSize(2);
    }

    private List<String> reasons(DeadLetterFilter filter) {
        return dead(filter).stream().map(DeadLetter::reason).toList();
    }

    private static DeadLetterFilter of(Optional<String> status, Optional<String> endpoint, Optional<String> reason) {
        return new DeadLetterFilter(
                Optional.empty(),
                endpoint,
                Optional.empty(),
                OptionalLong.empty(),
                status,
                Optional.empty(),
                Optional.empty(),
                reason);
    }

    private static DeadLetterFilter died(Optional<Instant> from, Optional<Instant> before) {
        return new DeadLetterFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                from,
                before,
                Optional.empty());
    }

    private static DeadLetterFilter ofResource(ResourceType type, long id) {
        return new DeadLetterFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(type),
                OptionalLong.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_dead_letter_tells_the_times_of_all_its_attempts() {
        accept("a", 1, "running");
        List<Instant> times = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            times.add(time.now());
            await(store.retryAt(open("a", 1).get(0), endedNow(number, UNAVAILABLE), time.now()));
            time.advance(Duration.ofSeconds(5));
        }
        times.add(time.now());
        Delivery waiting = open("a", 1).get(0);
        assertThat(waiting.tries().startedAt()).containsExactlyElementsOf(times.subList(0, 3));
        assertThat(waiting.tries().last().map(Attempt::outcome)).contains(UNAVAILABLE);

        await(store.dead(waiting, endedNow(4, REFUSED), "why"));

        DeadLetter letter = dead(DeadLetterFilter.all()).get(0);
        assertThat(letter.attemptedAt()).containsExactlyElementsOf(times);
        assertThat(letter.delivery().attemptsMade()).isEqualTo(4);
        assertThat(letter.lastAttempt().outcome()).isEqualTo(REFUSED);
    }

    @Test
    void of_very_many_attempts_the_newest_times_are_kept() {
        accept("a", 1, "running");
        for (int number = 1; number <= Tries.MAX_TIMES + 20; number++) {
            await(store.retryAt(open("a", 1).get(0), endedNow(number, UNAVAILABLE), time.now()));
            time.advance(Duration.ofSeconds(1));
        }

        Delivery waiting = open("a", 1).get(0);
        assertThat(waiting.attemptsMade()).isEqualTo(Tries.MAX_TIMES + 20);
        assertThat(waiting.tries().startedAt()).hasSize(Tries.MAX_TIMES).isSorted();
        assertThat(waiting.tries().startedAt().get(Tries.MAX_TIMES - 1))
                .isEqualTo(time.now().minusSeconds(1));
    }

    @Test
    void a_replayed_letter_is_the_same_event_anew_at_the_end_of_its_slot() {
        ResourceChangeEvent event = accept("a", 1, "running");
        await(store.retryAt(open("a", 1).get(0), endedNow(1, UNAVAILABLE), time.now()));
        die("a", 1, "why");
        ResourceChangeEvent later = accept("a", 1, "shut_off");

        assertThat(replay(DeadLetterFilter.all())).isEqualTo(1);

        assertThat(open("a", 1)).extracting(delivery -> delivery.event().id()).containsExactly(later.id(), event.id());
        Delivery again = open("a", 1).get(1);
        assertThat(again.event()).isEqualTo(event);
        assertThat(again.payload().body()).isEqualTo("running#1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(again.attemptsMade()).isZero();
        assertThat(again.tries()).isEqualTo(Tries.none());
        assertThat(dead(DeadLetterFilter.all())).isEmpty();
        assertThatTheAccountCloses();
    }

    @Test
    void a_replayed_letter_can_be_delivered_or_die_again() {
        acceptAndDie("a", 1, "running", "first");
        replay(DeadLetterFilter.all());
        die("a", 1, "second");
        assertThat(reasons(DeadLetterFilter.all())).containsExactly("second");
        assertThatTheAccountCloses();

        replay(DeadLetterFilter.all());
        await(store.delivered(open("a", 1).get(0), endedNow(1, OK)));

        assertThat(open("a", 1)).isEmpty();
        assertThat(dead(DeadLetterFilter.all())).isEmpty();
        assertThat(store.stats().replayed()).isEqualTo(2);
        assertThat(replay(DeadLetterFilter.all())).isZero();
        assertThatTheAccountCloses();
    }

    @Test
    void letters_of_one_resource_are_replayed_in_the_order_of_acceptance() {
        IntStream.range(0, 10).forEach(i -> accept("a", 7, "s" + i));
        List<Delivery> open = open("a", 7);
        for (int i = open.size() - 1; i >= 0; i--) { // They die the other way round.
            await(store.dead(open.get(i), endedNow(1, REFUSED), "why"));
            time.advance(Duration.ofSeconds(1));
        }

        replay(DeadLetterFilter.all());

        assertThat(open("a", 7))
                .extracting(delivery -> delivery.event().sequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThatTheAccountCloses();
    }

    @Test
    void a_replay_takes_what_matches_alone_and_wakes_its_slots() {
        acceptAndDie("a", 1, "running", "one");
        acceptAndDie("a", 2, "running", "two");
        List<Integer> told = new CopyOnWriteArrayList<>();
        store.listen(told::add);

        assertThat(replay(ofResource(ResourceType.INSTANCE, 2))).isEqualTo(1);

        assertThat(told).containsExactly(instance(2).slot());
        assertThat(reasons(DeadLetterFilter.all())).containsExactly("one");
        assertThat(open("a", 2)).hasSize(1);
        assertThatTheAccountCloses();
    }

    @Test
    void a_replay_stops_where_the_queue_is_full_and_says_how_far_it_came() {
        IntStream.rangeClosed(1, 10).forEach(i -> acceptAndDie("a", 1, "s" + i, "why"));
        IntStream.range(0, CAPACITY - 4).forEach(i -> accept("a", 2, "running"));

        Replayed replayed = await(records().replay(DeadLetterFilter.all(), any -> true));

        assertThat(replayed.count()).isEqualTo(4);
        assertThat(replayed.stopped()).hasValueSatisfying(why -> assertThat(why).contains("queue_size allows 100"));
        assertThat(store.stats().pending()).isEqualTo(CAPACITY);
        assertThat(open("a", 1))
                .extracting(delivery -> delivery.event().sequence())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(dead(DeadLetterFilter.all())).hasSize(6);
        assertThatTheAccountCloses();
    }

    @Test
    void letters_to_an_endpoint_that_nobody_delivers_to_are_left_and_told() {
        acceptAndDie("gone", 1, "running", "one");
        acceptAndDie("here", 2, "running", "two");

        Replayed replayed = await(records().replay(DeadLetterFilter.all(), "here"::equals));

        assertThat(replayed).isEqualTo(new Replayed(1, 0, Map.of("gone", 1L), Optional.empty()));
        assertThat(reasons(DeadLetterFilter.all())).containsExactly("one");
    }

    @Test
    void a_purge_deletes_what_matches_alone_for_good() {
        acceptAndDie("a", 1, "running", "one");
        acceptAndDie("b", 1, "running", "two");

        assertThat(await(records().purge(of(Optional.empty(), Optional.of("b"), Optional.empty()))))
                .isEqualTo(1);
        assertThat(reasons(DeadLetterFilter.all())).containsExactly("one");
        assertThatTheAccountCloses();

        assertThat(await(records().purge(DeadLetterFilter.all()))).isEqualTo(1);
        assertThat(await(records().purge(DeadLetterFilter.all()))).isZero();
        assertThat(store.stats().purged()).isEqualTo(2);
        assertThat(replay(DeadLetterFilter.all())).isZero();
        assertThatTheAccountCloses();
    }

    @Test
    void the_oldest_dead_letters_go_when_there_are_too_many_but_stay_counted() {
        IntStream.rangeClosed(1, MAX_DEAD_LETTERS + 3).forEach(i -> acceptAndDie("a", i, "running", "reason " + i));

        assertThat(store.stats().dead()).isEqualTo(MAX_DEAD_LETTERS + 3);
        assertThat(store.stats().deadKept()).isEqualTo(MAX_DEAD_LETTERS);
        assertThat(store.stats().letGo()).isEqualTo(3);
        assertThat(reasons(DeadLetterFilter.all()))
                .hasSize(MAX_DEAD_LETTERS)
                .startsWith("reason 23", "reason 22")
                .endsWith("reason 5", "reason 4");
        assertThatTheAccountCloses();
    }

    @Test
    void dead_letters_go_when_they_are_too_old() {
        reopen(new Retention(100, Duration.ofDays(30), Long.MAX_VALUE, Duration.ZERO, 0));
        acceptAndDie("a", 1, "running", "old");
        time.advance(Duration.ofDays(29));
        acceptAndDie("a", 2, "running", "young");
        assertThat(reasons(DeadLetterFilter.all())).containsExactly("young", "old");

        time.advance(Duration.ofDays(2));
        accept("a", 3, "running"); // Whatever is written next brings it about.

        assertThat(reasons(DeadLetterFilter.all())).containsExactly("young");
        assertThat(store.stats().letGo()).isEqualTo(1);
        time.advance(Duration.ofDays(30));
        accept("a", 3, "running");
        assertThat(reasons(DeadLetterFilter.all())).isEmpty();
        assertThatTheAccountCloses();
    }

    @Test
    void dead_letters_go_when_they_take_too_much() {
        reopen(new Retention(100, Duration.ZERO, 10_000, Duration.ZERO, 0));
        IntStream.rangeClosed(1, 60).forEach(i -> acceptAndDie("a", i, "running", "reason " + i));

        assertThat(store.stats().deadKept()).isBetween(8L, 50L);
        assertThat(reasons(DeadLetterFilter.all())).startsWith("reason 60", "reason 59");
        assertThatTheAccountCloses();
    }
}
