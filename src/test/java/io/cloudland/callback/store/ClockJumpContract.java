package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptFilter;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link EventStore} promises whatever the wall clock does while it runs. */
public abstract class ClockJumpContract extends DeliveryLogContract {

    private static final CommandKey KEY = new CommandKey("op-1", "action_vm instance/127");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "busy");

    private void reopenKeeping(Duration deadLetters, Duration logged) {
        await(store.close());
        store = create(new Retention(100, deadLetters, Long.MAX_VALUE, logged, 1 << 20), WINDOW);
        await(store.open());
    }

    protected AppendResult appendOnce(String status) {
        return await(store.append(
                change(instance(127), status),
                AppendTerms.once(false, Optional.of(KEY)),
                event -> List.of(new PlannedDelivery("default", payload(status)))));
    }

    protected Attempt failedNow(int number) {
        return new Attempt(number, time.now(), Duration.ofMillis(12), BUSY);
    }

    /** Ends an event of that resource as a dead letter, after one attempt. */
    protected void acceptAndBury(long id) {
        accept("a", id, "running");
        await(store.dead(open("a", id).get(0), failedNow(1), "reason " + id));
    }

    protected List<String> buried() {
        return await(records().deadLetters(DeadLetterFilter.all(), 1_000)).stream()
                .map(letter -> letter.reason())
                .toList();
    }

    protected List<Long> logged() {
        return await(records().attempts(AttemptFilter.all(), 1_000)).stream()
                .map(attempt -> attempt.resource().id())
                .toList();
    }

    @Test
    void positions_and_sequences_carry_the_order_and_the_times_tell_what_the_clock_showed() {
        List<ResourceChangeEvent> accepted = new ArrayList<>();
        for (long jumpSeconds : new long[] {0, 3_600, -7_200, -1_700_000_000, 1_700_003_600, 1}) {
            time.jump(Duration.ofSeconds(jumpSeconds));
            Instant shown = time.now();
            ResourceChangeEvent event = accept("a", 127, "s" + jumpSeconds);
            assertThat(event.recordedAt()).isEqualTo(shown);
            accepted.add(event);
        }

        List<Delivery> pending = open("a", 127);
        assertThat(pending).extracting(Delivery::event).containsExactlyElementsOf(accepted);
        assertThat(pending).extracting(Delivery::position).isSorted().doesNotHaveDuplicates();
        assertThat(accepted)
                .extracting(ResourceChangeEvent::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 6).boxed().toList());
        assertThat(accepted).extracting(event -> event.id().value()).doesNotHaveDuplicates();
    }

    /** Somebody sets the clock to the wrong year and sees it ten minutes later. */
    @Test
    void a_jump_forward_that_is_set_right_empties_neither_dead_letters_nor_log() {
        reopenKeeping(Duration.ofDays(30), Duration.ofDays(7));
        acceptAndBury(1);
        time.jump(YEAR);
        for (int minute = 0; minute < 10; minute++) {
            time.advance(Duration.ofMinutes(1));
            acceptAndBury(2 + minute);
            assertThat(buried()).contains("reason 1");
            assertThat(logged()).contains(1L);
        }
        time.jump(YEAR.negated());
        time.advance(Duration.ofMinutes(2));
        acceptAndBury(12);

        assertThat(buried()).hasSize(12).contains("reason 1", "reason 2", "reason 12");
        assertThat(logged()).containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(store.stats().letGo()).isZero();
    }

    @Test
    void a_jump_forward_that_lasts_is_believed_at_last() {
        reopenKeeping(Duration.ofDays(30), Duration.ofDays(7));
        acceptAndBury(1);
        time.jump(YEAR);
        accept("a", 2, "running");
        assertThat(buried()).containsExactly("reason 1");
        time.advance(SteadyClock.TRUST_AFTER.plusMinutes(2));
        acceptAndBury(3);

        assertThat(buried()).containsExactly("reason 3");
        assertThat(logged()).contains(3L);
    }

    @Test
    void what_died_while_the_clock_was_set_back_is_kept_and_so_is_what_died_before() {
        reopenKeeping(Duration.ofDays(30), Duration.ofDays(7));
        acceptAndBury(1);
        Instant right = time.now();
        time.jumpTo(Instant.EPOCH.plusSeconds(20));
        acceptAndBury(2);
        time.advance(Duration.ofMinutes(2));
        accept("a", 3, "running");
        assertThat(buried()).contains("reason 1", "reason 2");
        time.jumpTo(right.plusSeconds(120));
        acceptAndBury(4);

        assertThat(buried()).containsExactlyInAnyOrder("reason 1", "reason 2", "reason 4");
        assertThat(logged()).containsExactly(4L, 2L, 1L);
        assertThat(await(records().replay(DeadLetterFilter.all(), any -> true)).count())
                .isEqualTo(3);
    }

    /** Forward: not forgotten too early. Back: still known. The window itself goes by the time that passes. */
    @ParameterizedTest
    @ValueSource(longs = {3_600, -3_600, 400 * 86_400, -400 * 86_400, -1_700_000_000})
    void a_repeated_command_is_known_before_and_after_a_jump(long seconds) {
        AppendResult first = appendOnce("running");
        assertThat(first).isInstanceOf(AppendResult.Appended.class);
        time.jump(Duration.ofSeconds(seconds));
        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Duplicate.class);
        time.jump(Duration.ofSeconds(-seconds));
        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Duplicate.class);
        time.jump(Duration.ofSeconds(seconds));

        time.advance(WINDOW.minusSeconds(1));
        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Duplicate.class);
        time.advance(Duration.ofSeconds(2));
        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Appended.class);
    }

    /** A key that was found too old and is written anew, in the moment in which the clock is set back. */
    @Test
    void a_command_that_comes_again_after_its_window_makes_an_event_though_the_clock_is_set_back_just_then() {
        appendOnce("running");
        time.advance(WINDOW.plusSeconds(1));
        AppendResult again = await(store.append(
                change(instance(127), "paused"), AppendTerms.once(false, Optional.of(KEY)), event -> {
                    time.jump(Duration.ofDays(-2));
                    return List.of(new PlannedDelivery("default", payload("paused")));
                }));

        assertThat(again).isInstanceOf(AppendResult.Appended.class);
        assertThat(appendOnce("shut_off")).isInstanceOf(AppendResult.Duplicate.class);
    }

    @Test
    void a_retry_keeps_the_times_that_the_clock_showed_and_its_place() {
        accept("a", 1, "running");
        accept("a", 1, "shut_off");
        Instant shown = time.now();
        await(store.retryAt(open("a", 1).get(0), failedNow(1), shown.plusSeconds(5)));
        time.jump(Duration.ofHours(-1));
        await(store.retryAt(open("a", 1).get(0), failedNow(2), time.now().plusSeconds(5)));

        List<Delivery> pending = open("a", 1);
        assertThat(pending).extracting(delivery -> delivery.event().sequence()).containsExactly(1L, 2L);
        assertThat(pending.get(0).attemptsMade()).isEqualTo(2);
        assertThat(pending.get(0).notBefore()).isEqualTo(shown.minusSeconds(3_595));
        assertThat(pending.get(0).tries().startedAt()).containsExactly(shown, shown.minusSeconds(3_600));
    }
}
