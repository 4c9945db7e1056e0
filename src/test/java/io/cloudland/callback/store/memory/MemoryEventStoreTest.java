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
import io.cloudland.callback.store.DeliveryRecordsContract;
import io.cloudland.callback.store.EventStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryEventStoreTest extends DeliveryRecordsContract {

    @Override
    protected EventStore create(Retention retention) {
        return new MemoryEventStore(CAPACITY, retention, time);
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
