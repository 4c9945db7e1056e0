package io.cloudland.callback.store;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.EventId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a durable {@link EventStore} promises of repeated commands, and of those kept in its {@link Inbox}. */
public abstract class KeptCommandsContract extends DurableEventStoreContract {

    private static final CommandKey KEY = new CommandKey("op-1", "action_vm instance/127");

    private AppendResult append(AppendTerms terms, String status) {
        return await(store.append(
                change(instance(127), status),
                terms,
                event -> List.of(new PlannedDelivery("default", payload(status)))));
    }

    private static AppendTerms once() {
        return AppendTerms.once(false, Optional.of(KEY));
    }

    @Test
    void what_a_command_with_an_id_led_to_is_known_after_a_restart() {
        AppendResult first = append(once(), "running");
        CommandKey other = new CommandKey("op-2", KEY.mention());
        await(store.unchanged(other));

        restart();

        EventId id = ((AppendResult.Appended) first).event().id();
        assertThat(append(once(), "running")).isEqualTo(new AppendResult.Duplicate(id));
        assertThat(append(AppendTerms.once(false, Optional.of(other)), "paused"))
                .isEqualTo(new AppendResult.Unchanged());
    }

    private static KeptPart part(long arrival, int index) {
        return new KeptPart(arrival, index, new EventId("evt_" + arrival + "_" + index), Optional.empty());
    }

    private static CommandMessage command(String name) {
        return new CommandMessage(
                Optional.of("op-7"),
                name,
                List.of("/opt/" + name + ".sh", "127", "", "it's \u4e91"),
                false,
                Optional.of(Map.of("uuid", "u", "metadata", new JsonObject().put("cpu", 2))),
                Instant.parse("2025-10-30T10:30:00.123456789Z"));
    }

    protected Inbox inbox() {
        return store.inbox().orElseThrow();
    }

    private List<AppendResult> keep(long arrival, KeptPart... parts) {
        return await(inbox().keep(new KeptCommand(arrival, command("launch_vm"), List.of(parts))));
    }

    private List<KeptCommand> kept() {
        return await(inbox().after(0, 100));
    }

    @Test
    void a_kept_command_is_there_after_a_restart_the_same_in_everything() {
        assertThat(keep(3, part(3, 0), part(3, 2)))
                .containsExactly(
                        new AppendResult.Kept(new EventId("evt_3_0")), new AppendResult.Kept(new EventId("evt_3_2")));

        restart();

        assertThat(kept()).singleElement().satisfies(kept -> {
            assertThat(kept.arrival()).isEqualTo(3);
            assertThat(kept.parts()).containsExactly(part(3, 0), part(3, 2));
            CommandMessage expected = command("launch_vm");
            assertThat(kept.command().withoutSnapshot()).isEqualTo(expected.withoutSnapshot());
            assertThat(new JsonObject(kept.command().snapshot().orElseThrow()))
                    .isEqualTo(new JsonObject(expected.snapshot().orElseThrow()));
        });
        assertThat(inbox().size()).isEqualTo(2);
        assertThat(inbox().lastArrival()).isEqualTo(3);
    }

    @Test
    void kept_commands_are_read_in_order_of_arrival_and_in_pieces() {
        List.of(5L, 2L, 300L, 4L).forEach(arrival -> keep(arrival, part(arrival, 0)));

        assertThat(await(inbox().after(0, 3))).extracting(KeptCommand::arrival).containsExactly(2L, 4L, 5L);
        assertThat(await(inbox().after(5, 3))).extracting(KeptCommand::arrival).containsExactly(300L);
        assertThat(await(inbox().after(300, 3))).isEmpty();
    }

    @Test
    void an_append_that_fulfils_a_kept_part_takes_it_out_and_uses_the_promised_id() {
        keep(1, part(1, 0), part(1, 1));

        AppendResult result = append(AppendTerms.fulfilling(false, part(1, 0)), "running");

        assertThat(((AppendResult.Appended) result).event().id()).isEqualTo(new EventId("evt_1_0"));
        assertThat(kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.parts()).containsExactly(part(1, 1)));
        append(AppendTerms.fulfilling(false, part(1, 1)), "paused");
        assertThat(kept()).isEmpty();
        assertThat(inbox().size()).isZero();
        restart();
        assertThat(kept()).isEmpty();
        assertThat(open(127))
                .extracting(delivery -> delivery.event().id().value())
                .containsExactly("evt_1_0", "evt_1_1");
    }

    @Test
    void a_kept_part_is_fulfilled_once_even_where_it_is_tried_again() {
        keep(1, part(1, 0));
        append(AppendTerms.fulfilling(false, part(1, 0)), "running");

        restart();

        assertThat(append(AppendTerms.fulfilling(false, part(1, 0)), "running"))
                .isEqualTo(new AppendResult.Duplicate(new EventId("evt_1_0")));
        assertThat(open(127)).hasSize(1);
    }

    @Test
    void all_parts_of_a_command_fulfilled_in_one_commit_leave_nothing() {
        keep(1, part(1, 0), part(1, 1), part(1, 2));
        List<Future<AppendResult>> all = IntStream.range(0, 3)
                .mapToObj(i -> store.append(
                        change(instance(i + 1), "running"),
                        AppendTerms.fulfilling(false, part(1, i)),
                        event -> List.of()))
                .toList();
        all.forEach(EventStoreContract::await);

        assertThat(kept()).isEmpty();
        assertThat(inbox().size()).isZero();
        restart();
        assertThat(inbox().lastArrival()).isZero();
    }

    @Test
    void a_kept_part_that_turns_out_to_change_nothing_goes_as_well() {
        accept("default", 127, "running");
        keep(1, part(1, 0));

        assertThat(append(AppendTerms.fulfilling(true, part(1, 0)), "running")).isEqualTo(new AppendResult.Unchanged());
        assertThat(kept()).isEmpty();
        keep(2, part(2, 0));
        await(inbox().drop(part(2, 0)));
        await(inbox().drop(part(2, 0)));
        assertThat(kept()).isEmpty();
        assertThat(inbox().size()).isZero();
    }

    private static KeptPart withKey(KeptPart part) {
        return new KeptPart(part.arrival(), part.index(), part.eventId(), Optional.of(KEY));
    }

    @Test
    void a_kept_command_that_is_sent_again_is_a_duplicate_while_it_is_kept_and_afterwards() {
        EventId promised = part(1, 0).eventId();
        keep(1, withKey(part(1, 0)));
        assertThat(keep(2, withKey(part(2, 0)))).containsExactly(new AppendResult.Duplicate(promised));
        assertThat(append(once(), "running")).isEqualTo(new AppendResult.Duplicate(promised));
        restart();
        assertThat(kept()).hasSize(1);

        append(AppendTerms.fulfilling(false, part(1, 0)), "running");

        assertThat(append(once(), "running")).isEqualTo(new AppendResult.Duplicate(promised));
        assertThat(store.stats().events()).isEqualTo(1);
    }

    @Test
    void what_is_kept_takes_its_place_in_the_queue_and_has_it_for_good() {
        IntStream.range(0, CAPACITY - 2).forEach(i -> accept("default", 1, "s" + i));
        keep(1, part(1, 0));
        accept("default", 1, "the last place");
        assertThatThrownBy(() -> accept("default", 1, "one too many")).hasMessageContaining("queue_size");
        assertThatThrownBy(() -> keep(2, part(2, 0)))
                .isInstanceOfSatisfying(
                        CallbackException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUEUE_FULL))
                .hasMessageContaining("launch_vm")
                .hasMessageContaining("queue_size");
        assertThat(kept()).hasSize(1);

        assertThat(append(AppendTerms.fulfilling(false, part(1, 0)), "running"))
                .isInstanceOf(AppendResult.Appended.class);
        assertThat(store.stats().pending()).isEqualTo(CAPACITY);
    }

    @Test
    void a_replay_leaves_the_places_of_kept_commands_alone() {
        accept("default", 7, "running");
        die("default", 7, "gone");
        IntStream.range(0, CAPACITY - 1).forEach(i -> accept("default", 1, "s" + i));
        keep(1, part(1, 0));

        Replayed replayed = await(records().replay(DeadLetterFilter.all(), any -> true));

        assertThat(replayed.count()).isZero();
        assertThat(replayed.stopped()).hasValueSatisfying(why -> assertThat(why).contains("queue_size"));
        assertThat(store.stats().deadKept()).isEqualTo(1);
    }
}
