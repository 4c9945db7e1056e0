package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened to other systems: one dead endpoint starves the rest, and memory grows. */
class WebhookTrapsMemoryTest {

    private static final int RESOURCES = 20_000;
    private static final int IN_FLIGHT = 8;

    private final VirtualTimers time = new VirtualTimers();
    private final MemoryEventStore store = new MemoryEventStore(1_000_000, 10, time);
    private final FakeSender dead = new FakeSender();
    private final FakeSender well = new FakeSender();
    private final Window deadWindow = Window.of(IN_FLIGHT, 1);
    private final Reading deadLane = reading("dead", dead, deadWindow);
    private final Reading wellLane = reading("well", well, Window.of(IN_FLIGHT, 1));

    private record Reading(Lane lane, SlotReader reader) {}

    private Reading reading(String name, FakeSender sender, Window window) {
        Surroundings around = new Surroundings(store, new SafeListeners(List.of()), time, time, () -> true);
        EndpointFlow flow = new EndpointFlow(Samples.endpoint("http://127.0.0.1:1/"), FlowState.OPEN, time, () -> 0);
        OutcomeClassifier classifier = new OutcomeClassifier(new RetryPolicy(1_000_000, Duration.ofSeconds(1)));
        Lane lane = new Lane(
                name,
                sender,
                classifier,
                new EndpointGate(IN_FLIGHT),
                new LaneFlow(flow, Runnable::run, time, time),
                window,
                Ordering.RESOURCE,
                around);
        SlotReader reader = new SlotReader(store, name, window, time, new ReadFailures(name, time), lane::accept);
        lane.onRoom(reader::readOn);
        return new Reading(lane, reader);
    }

    private void event(ResourceRef resource) {
        store.append(
                change(resource, "running"),
                false,
                event -> List.of(
                        new PlannedDelivery("dead", payload("{}")), new PlannedDelivery("well", payload("{}"))));
        deadLane.reader().read(resource.slot());
        wellLane.reader().read(resource.slot());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_dead_endpoint_neither_starves_the_rest_nor_makes_memory_grow(boolean hangs) {
        int most = 0;
        for (long id = 1; id <= RESOURCES; id++) {
            event(instance(id));
            while (well.underWay() > 0) {
                well.takeAny().answers(200);
            }
            while (!hangs && dead.underWay() > 0) {
                dead.takeAny().answers(500);
            }
            most = Math.max(most, deadWindow.deliveries());
        }
        assertThat(store.stats().delivered())
                .as("the other one has got everything")
                .isEqualTo(RESOURCES);
        assertThat(store.stats().pending()).as("nothing is lost").isEqualTo(RESOURCES);
        assertThat(most).as("held in memory").isLessThanOrEqualTo(4_096);
        assertThat(time.scheduled()).as("timers").isLessThanOrEqualTo(1);
    }

    @Test
    void the_dead_one_gets_everything_once_it_is_back() {
        one_dead_endpoint_neither_starves_the_rest_nor_makes_memory_grow(false);
        for (int round = 0; round < 100_000 && store.stats().pending() > 0; round++) {
            if (dead.underWay() == 0) {
                time.advance(Duration.ofMillis(100));
            }
            while (dead.underWay() > 0) {
                dead.takeAny().answers(200);
            }
        }
        assertThat(store.stats().pending()).isZero();
    }
}
