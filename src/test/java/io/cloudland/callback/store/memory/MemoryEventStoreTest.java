package io.cloudland.callback.store.memory;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.event;
import static io.cloudland.callback.model.Samples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.store.ClockJumpContract;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.EventStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryEventStoreTest extends ClockJumpContract {

    @Override
    protected EventStore create(Retention retention, Duration dedupWindow) {
        return new MemoryEventStore(CAPACITY, retention, dedupWindow, time);
    }

    @Test
    void it_says_that_it_does_not_survive_a_restart() {
        assertThat(store.durable()).isFalse();
    }

    @Test
    void only_tombstones_are_forgotten_never_a_living_resource() {
        KnownStates states = new KnownStates();
        states.put(event(instance(1), "running", 1));
        for (int i = 2; i <= KnownStates.MAX_TOMBSTONES + 12; i++) {
            states.put(deleted(i));
        }

        assertThat(states.get(instance(1))).isNotNull();
        assertThat(states.get(instance(2))).isNull();
        assertThat(states.get(instance(KnownStates.MAX_TOMBSTONES + 12))).isNotNull();
        assertThat(states.size()).isEqualTo(KnownStates.MAX_TOMBSTONES + 1);
    }

    @Test
    void keys_are_remembered_in_a_bounded_number_the_oldest_go_first() {
        SeenKeys seen = new SeenKeys(WINDOW);
        for (int i = 0; i < SeenKeys.MOST + 10; i++) {
            seen.putUnchanged(new CommandKey("id-" + i, "m"), Samples.AT);
        }

        assertThat(seen.size()).isEqualTo(SeenKeys.MOST);
        assertThat(seen.get(new CommandKey("id-9", "m"), Samples.AT)).isNull();
        assertThat(seen.get(new CommandKey("id-10", "m"), Samples.AT)).isNotNull();
        seen.putUnchanged(new CommandKey("late", "m"), Samples.AT.plus(WINDOW));
        assertThat(seen.size()).isEqualTo(1);
    }

    private static ResourceChangeEvent deleted(long id) {
        return new ResourceChangeEvent(
                EventId.random(),
                change(instance(id), "deleted", Action.DELETED),
                Optional.of("running"),
                2,
                "epoch",
                Samples.AT);
    }
}
