package io.cloudland.callback.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceSequencerTest {

    private final ResourceSequencer sequencer = new ResourceSequencer();
    private final List<String> started = new ArrayList<>();

    private Future<String> submit(String name, Promise<String> work, Object... keys) {
        return sequencer.inTurn(List.of(keys), () -> {
            started.add(name);
            return work.future();
        });
    }

    @Test
    void work_of_one_key_runs_in_turn_and_of_others_at_once() {
        Promise<String> first = Promise.promise();
        Future<String> done = submit("first", first, "a");
        submit("second", Promise.promise(), "a");
        submit("other", Promise.promise(), "b");
        assertThat(started).containsExactly("first", "other");

        first.complete("done");
        assertThat(started).containsExactly("first", "other", "second");
        assertThat(done.result()).isEqualTo("done");
    }

    @Test
    void a_failure_hands_the_turn_on_like_a_success() {
        Promise<String> first = Promise.promise();
        Future<String> failed = submit("first", first, "a");
        Future<String> thrown = sequencer.inTurn(List.of("a"), () -> {
            throw new IllegalStateException("a defect");
        });
        submit("third", Promise.promise(), "a");
        first.fail("on purpose");
        assertThat(failed.failed()).isTrue();
        assertThat(thrown.cause()).hasMessage("a defect");
        assertThat(started).containsExactly("first", "third");
    }

    @Test
    void work_with_two_keys_waits_for_both_and_holds_both() {
        Promise<String> a = Promise.promise();
        Promise<String> b = Promise.promise();
        Promise<String> both = Promise.promise();
        submit("a", a, "a");
        submit("b", b, "b");
        submit("both", both, "a", "b");
        submit("after a", Promise.promise(), "a");
        submit("after b", Promise.promise(), "b");
        a.complete();
        assertThat(started).containsExactly("a", "b");
        b.complete();
        assertThat(started).containsExactly("a", "b", "both");
        both.complete();
        assertThat(started).containsExactly("a", "b", "both", "after a", "after b");
    }

    @Test
    void the_same_key_twice_does_not_wait_for_itself() {
        Promise<String> work = Promise.promise();
        submit("work", work, "a", "a");
        submit("next", Promise.promise(), "a");
        assertThat(started).containsExactly("work");
        work.complete();
        assertThat(started).containsExactly("work", "next");
    }

    @Test
    void work_that_completes_at_once_is_complete_when_it_is_handed_back() {
        Future<String> done = sequencer.inTurn(List.of("a"), () -> Future.succeededFuture("done"));
        assertThat(done.isComplete()).isTrue();
        assertThat(sequencer.lines()).isZero();
    }

    @Test
    void thousands_that_waited_for_one_complete_without_a_deep_stack_and_leave_nothing() {
        Promise<String> first = Promise.promise();
        submit("first", first, "a");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            sequencer.inTurn(List.of("a"), () -> Future.succeededFuture(number)).onSuccess(order::add);
        }
        first.complete();
        assertThat(order).hasSize(10_000).isSorted();
        assertThat(sequencer.lines()).isZero();
    }

    @Test
    void a_listener_that_throws_does_not_stop_those_behind() {
        Promise<String> first = Promise.promise();
        submit("first", first, "a").onSuccess(done -> {
            throw new IllegalStateException("a defect");
        });
        submit("second", Promise.promise(), "a");
        first.complete();
        assertThat(started).containsExactly("first", "second");
    }

    @Test
    void an_error_of_a_listener_stops_neither_those_behind_nor_those_that_come_later() {
        Promise<String> first = Promise.promise();
        submit("first", first, "a");
        for (int i = 0; i < 3; i++) {
            sequencer
                    .inTurn(List.of("a"), () -> Future.succeededFuture("at once"))
                    .onSuccess(done -> {
                        throw new AssertionError("a defect");
                    });
        }
        Promise<String> last = Promise.promise();
        submit("last", last, "a");
        first.complete();
        assertThat(started).containsExactly("first", "last");
        submit("after", Promise.promise(), "a");
        last.complete();
        assertThat(started).containsExactly("first", "last", "after");
    }

    private final List<String> stalled = new ArrayList<>();

    private Future<String> submitSlow(String name, Promise<String> work, Object... keys) {
        return sequencer.inTurn(List.of(keys), new TurnWork<>() {
            @Override
            public Future<String> run(Runnable stall) {
                started.add(name);
                stalls.put(name, stall);
                return work.future();
            }

            @Override
            public void stalled() {
                stalled.add(name);
            }
        });
    }

    private final Map<String, Runnable> stalls = new HashMap<>();

    @Test
    void work_that_takes_long_has_all_behind_it_told_once_and_in_order_and_nobody_else() {
        Promise<String> first = Promise.promise();
        submitSlow("first", first, "a");
        submitSlow("second", Promise.promise(), "a", "b");
        submitSlow("third", Promise.promise(), "b");
        submitSlow("other", Promise.promise(), "c");
        assertThat(stalled).isEmpty();

        stalls.get("first").run();
        stalls.get("first").run();
        assertThat(stalled).containsExactly("first", "second", "third");
        submitSlow("fourth", Promise.promise(), "b");
        assertThat(stalled).containsExactly("first", "second", "third", "fourth");

        first.complete();
        submitSlow("fifth", Promise.promise(), "a");
        assertThat(started).containsExactly("first", "other", "second");
    }

    @Test
    void a_line_that_has_emptied_is_no_longer_slow() {
        Promise<String> first = Promise.promise();
        submitSlow("first", first, "a");
        stalls.get("first").run();
        first.complete();
        submitSlow("next", Promise.promise(), "a");
        assertThat(stalled).containsExactly("first");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void ten_thousand_pieces_with_one_or_two_keys_keep_their_order_and_leave_nothing(long seed) {
        Random random = new Random(seed);
        Map<Object, List<Integer>> ranPerKey = new HashMap<>();
        Map<Object, Integer> runningPerKey = new HashMap<>();
        List<Promise<Integer>> running = new ArrayList<>();
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            List<Object> keys = random.nextInt(3) == 0
                    ? List.of("nics-" + random.nextInt(20), random.nextInt(50))
                    : List.of((Object) random.nextInt(50));
            results.add(sequencer.inTurn(keys, () -> {
                keys.forEach(key -> {
                    ranPerKey.computeIfAbsent(key, first -> new ArrayList<>()).add(number);
                    assertThat(runningPerKey.put(key, number)).isNull();
                });
                Promise<Integer> work = Promise.promise();
                running.add(work);
                return work.future().onComplete(ended -> keys.forEach(runningPerKey::remove));
            }));
            if (random.nextBoolean()) {
                completeOne(running, random);
            }
        }
        while (!running.isEmpty()) {
            completeOne(running, random);
        }
        assertThat(results).allMatch(Future::succeeded);
        assertThat(ranPerKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
        assertThat(sequencer.lines()).isZero();
    }

    private static void completeOne(List<Promise<Integer>> running, Random random) {
        running.remove(random.nextInt(running.size())).complete();
    }
}
