package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.attempt;
import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.model.AttemptOutcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises of commands with an id that are sent more than once. */
public abstract class RepeatedCommandsContract extends PendingContract {

    private static final CommandKey KEY = new CommandKey("op-1", "action_vm instance/127");

    private AppendResult append(long id, String status) {
        return await(store.append(change(instance(id), status), false, ONE));
    }

    private AppendResult appendOnce(CommandKey key, String status, boolean onlyIfChanged) {
        return await(
                store.append(change(instance(127), status), AppendTerms.once(onlyIfChanged, Optional.of(key)), ONE));
    }

    private AppendResult appendOnce(CommandKey key, String status) {
        return appendOnce(key, status, false);
    }

    private static AppendResult duplicateOf(AppendResult appended) {
        return new AppendResult.Duplicate(
                ((AppendResult.Appended) appended).event().id());
    }

    @Test
    void a_second_append_with_the_same_key_keeps_nothing_and_names_the_first_one_s_event() {
        AppendResult first = appendOnce(KEY, "running");
        append(127, "paused");

        assertThat(appendOnce(KEY, "running")).isEqualTo(duplicateOf(first));
        assertThat(appendOnce(KEY, "running", true)).isEqualTo(duplicateOf(first));

        assertThat(store.stats().events()).isEqualTo(2);
        assertThat(pending(instance(127))).hasSize(2);
        assertThat(await(store.lastState(instance(127))).orElseThrow().status()).isEqualTo("paused");
    }

    @Test
    void a_second_append_of_what_was_unchanged_is_unchanged_whatever_happened_since() {
        append(127, "running");
        assertThat(appendOnce(KEY, "running", true)).isEqualTo(new AppendResult.Unchanged());
        append(127, "paused");

        assertThat(appendOnce(KEY, "running", true)).isEqualTo(new AppendResult.Unchanged());
        assertThat(store.stats().events()).isEqualTo(2);
    }

    @Test
    void what_shows_to_be_unchanged_without_an_append_is_remembered_alike() {
        assertThat(await(store.unchanged(KEY))).isEqualTo(new AppendResult.Unchanged());
        assertThat(appendOnce(KEY, "running")).isEqualTo(new AppendResult.Unchanged());
        assertThat(store.stats().events()).isZero();

        CommandKey other = new CommandKey("op-2", KEY.mention());
        AppendResult first = appendOnce(other, "running");
        assertThat(await(store.unchanged(other))).isEqualTo(duplicateOf(first));
    }

    @Test
    void another_id_another_resource_of_the_same_command_and_no_key_at_all_are_no_duplicates() {
        appendOnce(KEY, "a");

        assertThat(appendOnce(new CommandKey("op-2", KEY.mention()), "b")).isInstanceOf(AppendResult.Appended.class);
        assertThat(appendOnce(new CommandKey("op-1", "action_vm instance/128"), "c"))
                .isInstanceOf(AppendResult.Appended.class);
        append(127, "d");
        append(127, "d");
        assertThat(store.stats().events()).isEqualTo(5);
    }

    @Test
    void two_of_one_key_at_the_same_moment_make_one_event() {
        List<Future<AppendResult>> both = IntStream.range(0, 20)
                .mapToObj(i ->
                        store.append(change(instance(127), "running"), AppendTerms.once(false, Optional.of(KEY)), ONE))
                .toList();
        List<AppendResult> results =
                both.stream().map(EventStoreContract::await).toList();

        assertThat(store.stats().events()).isEqualTo(1);
        assertThat(results.subList(1, 20)).containsOnly(duplicateOf(results.get(0)));
    }

    @Test
    void a_refused_append_is_not_remembered() {
        IntStream.range(0, CAPACITY).forEach(i -> append(1, "s" + i));
        assertThatThrownBy(() -> appendOnce(KEY, "running")).hasMessageContaining("QUEUE_FULL");

        await(store.delivered(pending(instance(1)).get(0), attempt(1, new AttemptOutcome.Answered(200, ""))));
        assertThat(appendOnce(KEY, "running")).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void a_key_is_known_to_the_last_moment_of_the_window_and_not_after_it() {
        time.advance(Duration.ofHours(23)); // So that the window spans what a store may part by time.
        AppendResult first = appendOnce(KEY, "running");
        time.advance(WINDOW.minusMillis(1));
        assertThat(appendOnce(KEY, "running")).isEqualTo(duplicateOf(first));

        time.advance(Duration.ofMillis(1));
        AppendResult second = appendOnce(KEY, "running");
        assertThat(second).isInstanceOf(AppendResult.Appended.class);
        time.advance(WINDOW.minusMillis(1));
        assertThat(appendOnce(KEY, "running")).isEqualTo(duplicateOf(second));
        time.advance(WINDOW.multipliedBy(5));
        assertThat(appendOnce(KEY, "running")).isInstanceOf(AppendResult.Appended.class);
    }

    @Test
    void without_a_window_nothing_is_remembered() {
        await(store.close());
        store = create(Duration.ZERO);
        await(store.open());

        assertThat(appendOnce(KEY, "running")).isInstanceOf(AppendResult.Appended.class);
        assertThat(appendOnce(KEY, "running")).isInstanceOf(AppendResult.Appended.class);
        assertThat(await(store.unchanged(KEY))).isEqualTo(new AppendResult.Unchanged());
        assertThat(appendOnce(KEY, "running")).isInstanceOf(AppendResult.Appended.class);
    }
}
