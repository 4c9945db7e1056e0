package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryFilter;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link EventStore} promises; each implementation runs it. */
public abstract class EventStoreContract {

    protected static final int CAPACITY = 100;
    protected static final int MAX_DEAD_LETTERS = 20;
    protected static final DeliveryPlanner ONE = event ->
            List.of(new PlannedDelivery("default", payload(event.change().status() + "#" + event.sequence())));

    protected final VirtualTimers time = new VirtualTimers();
    protected EventStore store;

    protected static final Duration WINDOW = Duration.ofDays(1);

    /**
     * A store that is not open yet, holds {@link #CAPACITY} open deliveries at most, remembers commands for
     * {@code dedupWindow} and goes by {@link #time}; over what a closed one before kept, where it is durable.
     */
    protected abstract EventStore create(Retention retention, Duration dedupWindow);

    protected final EventStore create(Duration dedupWindow) {
        return create(Retention.ofDeadLetters(MAX_DEAD_LETTERS), dedupWindow);
    }

    protected final EventStore create() {
        return create(WINDOW);
    }

    @BeforeEach
    void openStore() {
        store = create();
        await(store.open());
    }

    @AfterEach
    void closeStore() {
        await(store.close());
    }

    protected static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private ResourceChangeEvent append(ResourceChange change) {
        AppendResult result = await(store.append(change, false, ONE));
        return ((AppendResult.Appended) result).event();
    }

    private ResourceChangeEvent append(long id, String status) {
        return append(change(instance(id), status));
    }

    protected final List<Delivery> pending(ResourceRef resource) {
        return await(store.pending("default", resource.slot(), -1, 1_000));
    }

    @Test
    void the_first_event_of_a_resource_has_sequence_one_and_no_previous_status() {
        ResourceChangeEvent event = append(127, "pending");

        assertThat(event.sequence()).isEqualTo(1);
        assertThat(event.previousStatus()).isEmpty();
    }

    @Test
    void each_event_knows_the_status_of_the_one_before_and_the_next_sequence() {
        List<ResourceChangeEvent> events =
                IntStream.range(0, 20).mapToObj(i -> append(127, "status-" + i)).toList();

        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).sequence()).isEqualTo(i + 1);
            assertThat(events.get(i).previousStatus()).contains("status-" + (i - 1));
        }
    }

    @Test
    void histories_of_different_resources_are_apart() {
        append(1, "running");
        ResourceChangeEvent other = append(2, "pending");

        assertThat(other.sequence()).isEqualTo(1);
        assertThat(other.previousStatus()).isEmpty();
    }

    @Test
    void event_ids_are_unique_and_the_epoch_is_one() {
        Set<String> ids = new HashSet<>();
        Set<String> epochs = new HashSet<>();
        for (int i = 0; i < CAPACITY; i++) {
            ResourceChangeEvent event = append(i + 1, "running");
            ids.add(event.id().value());
            epochs.add(event.epoch());
        }
        assertThat(ids).hasSize(CAPACITY);
        assertThat(epochs).hasSize(1);
    }

    @Test
    void the_last_state_is_what_the_newest_event_said() {
        assertThat(await(store.lastState(instance(127)))).isEmpty();

        append(127, "pending");
        append(127, "running");

        assertThat(await(store.lastState(instance(127)))).hasValueSatisfying(state -> {
            assertThat(state.status()).isEqualTo("running");
            assertThat(state.sequence()).isEqualTo(2);
            assertThat(state.metadata()).containsEntry("hostname", "vm-127");
        });
    }

    @Test
    void only_if_changed_keeps_nothing_when_the_status_is_the_last_known_one() {
        append(127, "running");
        List<String> planned = new ArrayList<>();

        AppendResult result = await(store.append(change(instance(127), "running"), true, event -> {
            planned.add("called");
            return List.of();
        }));

        assertThat(result).isInstanceOf(AppendResult.Unchanged.class);
        assertThat(planned).isEmpty();
        assertThat(store.stats().events()).isEqualTo(1);
        assertThat(append(127, "shut_off").sequence()).isEqualTo(2);
    }

    @Test
    void only_if_changed_appends_on_first_sight_and_on_a_change() {
        assertThat(await(store.append(change(instance(127), "running"), true, ONE)))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(await(store.append(change(instance(127), "paused"), true, ONE)))
                .isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void the_planner_sees_the_finished_event_and_its_bytes_are_kept_as_they_are() {
        append(127, "pending");
        append(127, "running");

        assertThat(pending(instance(127)))
                .extracting(delivery -> new String(delivery.payload().body(), StandardCharsets.UTF_8))
                .containsExactly("pending#1", "running#2");
    }

    @Test
    void an_event_that_no_endpoint_wants_still_moves_the_history_on() {
        await(store.append(change(instance(127), "pending"), false, event -> List.of()));

        assertThat(append(127, "running").previousStatus()).contains("pending");
        assertThat(pending(instance(127))).hasSize(1);
    }

    @Test
    void a_delivered_one_is_no_longer_pending_and_ending_it_twice_counts_once() {
        append(127, "running");
        Delivery delivery = pending(instance(127)).get(0);

        await(store.delivered(delivery, attempt(1, new AttemptOutcome.Answered(200, ""))));
        await(store.delivered(delivery, attempt(1, new AttemptOutcome.Answered(200, ""))));

        assertThat(pending(instance(127))).isEmpty();
        assertThat(store.stats().delivered()).isEqualTo(1);
        assertThat(store.stats().pending()).isZero();
    }

    @Test
    void a_retry_stays_pending_with_its_attempts_and_its_due_time() {
        append(127, "running");
        Delivery delivery = pending(instance(127)).get(0);

        await(store.retryAt(
                delivery,
                attempt(1, new AttemptOutcome.Answered(503, "")),
                delivery.notBefore().plus(Duration.ofSeconds(5))));

        assertThat(pending(instance(127))).singleElement().satisfies(retried -> {
            assertThat(retried.attemptsMade()).isEqualTo(1);
            assertThat(retried.notBefore()).isEqualTo(delivery.notBefore().plus(Duration.ofSeconds(5)));
            assertThat(retried.event().id()).isEqualTo(delivery.event().id());
        });
    }

    @Test
    void a_dead_letter_is_kept_with_the_reason_and_listed_newest_first() {
        append(1, "running");
        append(2, "running");
        for (long id = 1; id <= 2; id++) {
            Delivery delivery = pending(instance(id)).get(0);
            await(store.dead(delivery, attempt(4, new AttemptOutcome.Answered(500, "")), "HTTP 500, reason " + id));
        }

        List<DeadLetter> dead = await(store.deadLetters(10));

        assertThat(dead).extracting(DeadLetter::reason).containsExactly("HTTP 500, reason 2", "HTTP 500, reason 1");
        assertThat(dead.get(0).lastAttempt().number()).isEqualTo(4);
        assertThat(await(store.deadLetters(1))).hasSize(1);
        assertThat(pending(instance(1))).isEmpty();
    }

    @Test
    void a_full_store_refuses_with_a_code_and_changes_nothing() {
        IntStream.range(0, CAPACITY).forEach(i -> append(1, "s" + i));

        assertThatThrownBy(() -> append(1, "one too many")).isInstanceOfSatisfying(CallbackException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_FULL);
            assertThat(refused).hasMessageContaining("instance/1").hasMessageContaining("queue_size");
        });

        assertThat(store.stats().pending()).isEqualTo(CAPACITY);
        assertThat(await(store.lastState(instance(1))).orElseThrow().status()).isEqualTo("s" + (CAPACITY - 1));
        await(store.delivered(pending(instance(1)).get(0), attempt(1, new AttemptOutcome.Answered(200, ""))));
        assertThat(append(1, "room again").sequence()).isEqualTo(CAPACITY + 1);
    }

    @Test
    void every_append_with_a_delivery_tells_the_slot_and_one_without_does_not() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        store.listen(told::add);

        append(127, "running");
        await(store.append(change(instance(128), "running"), false, event -> List.of()));

        assertThat(told).containsExactly(instance(127).slot());
    }

    @Test
    void a_listener_that_is_forgotten_hears_nothing_more() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        List<Integer> toldToo = new CopyOnWriteArrayList<>();
        AppendListener listener = told::add;
        store.listen(listener);
        store.listen(toldToo::add);
        append(127, "running");

        store.forget(listener);
        append(127, "shut_off");

        assertThat(told).hasSize(1);
        assertThat(toldToo).hasSize(2);
    }

    @Test
    void the_account_adds_up_at_every_step() {
        IntStream.range(0, 30).forEach(i -> append(i + 1, "running"));
        for (long id = 1; id <= 30; id++) {
            Delivery delivery = pending(instance(id)).get(0);
            if (id % 3 == 0) {
                await(store.delivered(delivery, attempt(1, new AttemptOutcome.Answered(200, ""))));
            } else if (id % 3 == 1) {
                await(store.dead(delivery, attempt(4, new AttemptOutcome.TimedOut(Duration.ofSeconds(1))), "late"));
            }
            StoreStats stats = store.stats();
            assertThat(stats.delivered() + stats.dead() + stats.pending()).isEqualTo(stats.deliveries());
            assertThat(stats.deliveries()).isEqualTo(30);
        }
    }

    @Test
    void only_a_durable_store_keeps_commands_for_later() {
        assertThat(store.inbox().isPresent()).isEqualTo(store.durable());
    }

    @Test
    void a_listener_that_fails_harms_neither_the_event_nor_the_other_listeners() {
        List<Integer> told = new CopyOnWriteArrayList<>();
        store.listen(slot -> {
            throw new IllegalStateException("a defect of the listener");
        });
        store.listen(told::add);

        append(127, "running");
        append(127, "shut_off");

        assertThat(pending(instance(127))).hasSize(2);
        assertThat(told).containsExactly(instance(127).slot(), instance(127).slot());
    }

    @TestFactory
    Stream<DynamicTest> a_closed_store_says_that_it_is_stopping() {
        append(127, "running");
        Delivery open = pending(instance(127)).get(0);
        Attempt attempt = attempt(1, new AttemptOutcome.Answered(200, ""));
        await(store.close());
        DeliveryRecords records = store.records();
        Map<String, Supplier<Future<?>>> calls = Map.of(
                "append", () -> store.append(change(instance(127), "x"), false, ONE),
                "lastState", () -> store.lastState(instance(127)),
                "pending", () -> store.pending("default", 1, -1, 1),
                "delivered", () -> store.delivered(open, attempt),
                "retryAt", () -> store.retryAt(open, attempt, open.notBefore()),
                "dead", () -> store.dead(open, attempt, "why"),
                "deadLetters", () -> store.deadLetters(1),
                "replay", () -> records.replay(DeadLetterFilter.all(), any -> true),
                "deliveries", () -> records.deliveries(DeliveryFilter.all(), 1),
                "attempts", () -> records.attempts(AttemptFilter.all(), 1));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatThrownBy(() -> await(call.getValue().get()))
                                .isInstanceOfSatisfying(
                                        CallbackException.class,
                                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SHUTTING_DOWN))));
    }
}
