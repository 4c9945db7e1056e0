package io.cloudland.callback.lookup;

import static io.cloudland.callback.lookup.Outcomes.failureOf;
import static io.cloudland.callback.lookup.Outcomes.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.observe.LogOf;
import io.cloudland.callback.time.Backoff;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryingLookupTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final VirtualTimers timers = new VirtualTimers();
    private final FakeLookup source = new FakeLookup();
    private final RetryingLookup lookup = new RetryingLookup(source, timers, new Backoff(INTERVAL, LONGEST));
    private final LogOf log = LogOf.type(RetryingLookup.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void an_answer_passes_at_once() {
        source.answer = locator -> Future.succeededFuture(Optional.of(Samples.expected(Samples.INSTANCE)));
        assertThat(resultOf(find(123))).contains(Samples.expected(Samples.INSTANCE));
        assertThat(timers.scheduled()).isZero();
    }

    @Test
    void what_asking_again_cannot_help_passes_at_once() {
        source.answer = locator -> Future.failedFuture(new CallbackException(ErrorCode.INVALID_SNAPSHOT, "odd"));
        failureOf(find(1), ErrorCode.INVALID_SNAPSHOT);
        source.answer = locator -> {
            throw new IllegalStateException("a defect");
        };
        assertThat(find(2).cause()).hasMessage("a defect");
        assertThat(timers.scheduled()).isZero();
    }

    @Test
    void a_source_that_is_away_is_asked_after_growing_pauses_until_it_answers() {
        source.answer = FakeLookup.AWAY;
        Future<Optional<ResourceSnapshot>> waiting = find(1);
        for (int seconds : List.of(5, 10, 20, 40, 60, 60, 60)) {
            int before = source.asked.size();
            timers.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(source.asked).hasSize(before);
            timers.advance(Duration.ofNanos(1));
            assertThat(source.asked).hasSize(before + 1);
        }
        assertThat(waiting.isComplete()).isFalse();
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(resultOf(waiting)).isEmpty();
        assertThat(timers.scheduled()).isZero();
    }

    @Test
    void a_thousand_waiting_commands_cause_one_call_per_pause_and_all_are_answered_in_the_end() {
        source.answer = FakeLookup.AWAY;
        List<Future<Optional<ResourceSnapshot>>> waiting = findAll(1, 1000);
        timers.advance(Duration.ofSeconds(5 + 10 + 20 + 40 + 60));
        assertThat(source.asked).hasSize(1 + 5);
        assertThat(waiting).noneMatch(Future::isComplete);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(waiting).allMatch(Future::succeeded);
        assertThat(source.asked).hasSize(1 + 5 + 1000);
        assertThat(find(1001).succeeded()).isTrue();
    }

    @Test
    void going_away_and_coming_back_are_told_once_each() {
        source.answer = FakeLookup.AWAY;
        findAll(1, 100);
        timers.advance(Duration.ofSeconds(5 + 10 + 20 + 40 + 60 + 60 + 60));
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .contains(
                        "does not answer",
                        "commands are kept",
                        "first after 5000 ms",
                        "up to 60000 ms",
                        "instance/1",
                        "switched off");
        assertThat(log.messages(Level.INFO)).isEmpty();
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(log.messages(Level.INFO))
                .singleElement()
                .asString()
                .contains("answers again after 8 failed lookups");
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void each_outage_is_told_anew() {
        for (int outage = 1; outage <= 3; outage++) {
            source.answer = FakeLookup.AWAY;
            findAll(1, 3);
            source.answer = FakeLookup.UNKNOWN;
            timers.advance(INTERVAL);
            assertThat(log.messages(Level.WARN)).hasSize(outage);
            assertThat(log.messages(Level.INFO)).hasSize(outage);
        }
    }

    @Test
    void questions_that_were_under_way_when_the_source_went_away_are_asked_again_too() {
        List<Promise<Optional<ResourceSnapshot>>> underWay = answerByHand();
        List<Future<Optional<ResourceSnapshot>>> waiting = findAll(1, 5);
        underWay.forEach(promise ->
                promise.fail(FakeLookup.AWAY.apply(Samples.instance(1)).cause()));
        assertThat(timers.scheduled()).isEqualTo(1);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(INTERVAL);
        assertThat(waiting).allMatch(Future::succeeded);
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void one_resource_that_always_fails_holds_back_nobody_else() {
        failOnly(Set.of(13L));
        Future<Optional<ResourceSnapshot>> stuck = find(13);
        find(1);
        timers.advance(INTERVAL);
        source.asked.clear();
        for (int second = 0; second < 100; second++) {
            assertThat(findAll(100, 10)).allMatch(Future::succeeded);
            timers.advance(Duration.ofSeconds(1));
        }
        // After 5, 10, 20 and 40 seconds; the next would come after 60 more.
        assertThat(source.asked.stream().filter(Samples.instance(13)::equals)).hasSize(4);
        assertThat(log.messages(Level.WARN)).hasSize(2);
        assertThat(log.messages(Level.WARN).get(1)).contains("while others are answered", "instance/13");
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(stuck.succeeded()).isTrue();
    }

    @Test
    void many_resources_that_always_fail_hold_back_nobody_else_and_are_told_once() {
        failOnly(Set.copyOf(LongStream.rangeClosed(1, 50).boxed().toList()));
        List<Future<Optional<ResourceSnapshot>>> stuck = findAll(1, 50);
        timers.advance(LONGEST.multipliedBy(50));
        find(1000);
        timers.advance(LONGEST);
        log.clear();
        for (int round = 0; round < 100; round++) {
            assertThat(findAll(1000, 5)).allMatch(Future::succeeded);
            timers.advance(LONGEST);
        }
        assertThat(log.messages(Level.WARN)).isEmpty();
        assertThat(stuck).noneMatch(Future::isComplete);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(stuck).allMatch(Future::succeeded);
    }

    @Test
    void a_bounded_number_of_questions_is_under_way() {
        List<Promise<Optional<ResourceSnapshot>>> underWay = answerByHand();
        List<Future<Optional<ResourceSnapshot>>> waiting = findAll(1, 1000);
        assertThat(underWay).hasSize(RetryingLookup.MAX_UNDER_WAY);
        for (int i = 0; i < underWay.size(); i++) {
            underWay.get(i).complete(Optional.empty());
        }
        assertThat(waiting).allMatch(Future::succeeded);
    }

    @Test
    void answers_that_come_at_once_do_not_pile_up_on_the_stack() {
        source.answer = FakeLookup.AWAY;
        List<Future<Optional<ResourceSnapshot>>> waiting = findAll(1, 50_000);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(INTERVAL);
        assertThat(waiting).allMatch(Future::succeeded);
    }

    @Test
    void closing_ends_what_waits_at_once_and_takes_the_timers_back() {
        failOnly(Set.of(13L));
        Future<Optional<ResourceSnapshot>> aside = find(13);
        timers.advance(INTERVAL);
        source.answer = FakeLookup.AWAY;
        List<Future<Optional<ResourceSnapshot>>> waiting = findAll(1, 10);
        resultOf(lookup.close());
        assertThat(failureOf(aside, ErrorCode.SHUTTING_DOWN)).hasMessageContaining("instance/13");
        waiting.forEach(future -> failureOf(future, ErrorCode.SHUTTING_DOWN));
        assertThat(timers.scheduled()).isZero();
        assertThat(source.closed).isTrue();
    }

    @Test
    void after_closing_nothing_is_asked_and_late_answers_are_let_go() {
        List<Promise<Optional<ResourceSnapshot>>> underWay = answerByHand();
        Future<Optional<ResourceSnapshot>> open = find(1);
        resultOf(lookup.close());
        failureOf(open, ErrorCode.SHUTTING_DOWN);
        underWay.get(0).fail(FakeLookup.AWAY.apply(Samples.instance(1)).cause());
        assertThat(timers.scheduled()).isZero();
        failureOf(find(2), ErrorCode.SHUTTING_DOWN);
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void who_asks_hears_once_that_it_will_take_long_and_not_at_all_where_it_does_not() {
        List<String> told = new ArrayList<>();
        find(1, question -> told.add("answered at once"));
        source.answer = FakeLookup.AWAY;
        find(2, question -> told.add("first"));
        find(3, question -> told.add("second"));
        timers.advance(LONGEST.multipliedBy(10));
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void a_question_that_is_given_up_fails_at_once_and_is_asked_no_more() {
        source.answer = FakeLookup.AWAY;
        List<DelayListener.Delayed> delayed = new ArrayList<>();
        Future<Optional<ResourceSnapshot>> first = find(1, delayed::add);
        Future<Optional<ResourceSnapshot>> second = find(2, delayed::add);
        delayed.forEach(question -> question.giveUp(new CallbackException(ErrorCode.QUEUE_FULL, "no room")));
        failureOf(first, ErrorCode.QUEUE_FULL);
        failureOf(second, ErrorCode.QUEUE_FULL);

        timers.advance(LONGEST.multipliedBy(10));

        assertThat(source.asked).hasSize(1);
        assertThat(timers.scheduled()).isZero();
    }

    @Test
    void where_none_waits_the_next_that_comes_finds_out_whether_the_source_is_back() {
        source.answer = FakeLookup.AWAY;
        find(1, question -> question.giveUp(new CallbackException(ErrorCode.QUEUE_FULL, "no room")));
        timers.advance(LONGEST);
        List<String> told = new ArrayList<>();
        Future<Optional<ResourceSnapshot>> still = find(2, question -> told.add("away"));
        assertThat(told).containsExactly("away");
        assertThat(log.messages(Level.WARN)).hasSize(1);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(LONGEST);
        assertThat(still.succeeded()).isTrue();
        assertThat(log.messages(Level.INFO)).hasSize(1);
    }

    @Test
    void a_question_given_up_while_it_is_under_way_lets_its_late_answer_go() {
        source.answer = FakeLookup.AWAY;
        List<DelayListener.Delayed> delayed = new ArrayList<>();
        Future<Optional<ResourceSnapshot>> asked = find(1, delayed::add);
        List<Promise<Optional<ResourceSnapshot>>> underWay = answerByHand();
        timers.advance(INTERVAL);
        delayed.get(0).giveUp(new CallbackException(ErrorCode.QUEUE_FULL, "no room"));
        underWay.get(0).complete(Optional.empty());
        failureOf(asked, ErrorCode.QUEUE_FULL);
        Future<Optional<ResourceSnapshot>> next = find(2);
        underWay.get(1).complete(Optional.empty());
        assertThat(next.succeeded()).isTrue();
    }

    @Test
    void somebody_who_throws_on_an_answer_keeps_nobody_else_from_theirs() {
        source.answer = FakeLookup.AWAY;
        find(1, question -> {
                    throw new IllegalStateException("a defect");
                })
                .onComplete(answered -> {
                    throw new AssertionError("a defect");
                });
        Future<Optional<ResourceSnapshot>> other = find(2);
        source.answer = FakeLookup.UNKNOWN;
        timers.advance(INTERVAL);
        assertThat(other.succeeded()).isTrue();
        assertThat(find(3).succeeded()).isTrue();
    }

    private Future<Optional<ResourceSnapshot>> find(long id, DelayListener listener) {
        return lookup.find(Samples.instance(id), Samples.command("launch_vm"), listener);
    }

    private List<Promise<Optional<ResourceSnapshot>>> answerByHand() {
        List<Promise<Optional<ResourceSnapshot>>> underWay = new ArrayList<>();
        source.answer = locator -> {
            underWay.add(Promise.promise());
            return underWay.get(underWay.size() - 1).future();
        };
        return underWay;
    }

    private void failOnly(Set<Long> ids) {
        source.answer = locator ->
                ids.contains(((ResourceLocator.ById) locator).resource().id())
                        ? FakeLookup.AWAY.apply(locator)
                        : FakeLookup.UNKNOWN.apply(locator);
    }

    private Future<Optional<ResourceSnapshot>> find(long id) {
        return lookup.find(Samples.instance(id), Samples.command("launch_vm"));
    }

    private List<Future<Optional<ResourceSnapshot>>> findAll(long firstId, int count) {
        LongFunction<Future<Optional<ResourceSnapshot>>> find = this::find;
        return LongStream.range(firstId, firstId + count).mapToObj(find).toList();
    }
}
