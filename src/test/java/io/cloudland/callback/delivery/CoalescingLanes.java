package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import java.util.List;

/** A store, an endpoint and lanes between them that merge what waits. */
abstract class CoalescingLanes {

    static final ResourceRef A = instance(1);
    static final ResourceRef B = instance(2);

    final VirtualTimers time = new VirtualTimers();
    final MemoryEventStore store = new MemoryEventStore(500_000, 100_000, time);
    final FakeSender endpoint = new FakeSender();

    LaneUnderTest lane(int maxInFlight) {
        return lane(store, maxInFlight);
    }

    LaneUnderTest lane(EventStore over, int maxInFlight) {
        return new LaneUnderTest(over, time, endpoint, maxInFlight, Ordering.NEWEST);
    }

    void append(ResourceRef resource, String status) {
        store.append(change(resource, status), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    void events(LaneUnderTest lane, ResourceRef resource, String... statuses) {
        for (String status : statuses) {
            append(resource, status);
            lane.reader.read(resource.slot());
        }
    }

    void backlog(ResourceRef resource, int count) {
        for (int i = 0; i < count; i++) {
            append(resource, "s" + i);
        }
    }

    List<String> sent(ResourceRef resource) {
        return endpoint.all.stream()
                .map(FakeSender.Sent::delivery)
                .filter(delivery -> delivery.resource().equals(resource))
                .map(CoalescingLanes::told)
                .toList();
    }

    static String told(Delivery delivery) {
        Coalesced others = delivery.coalesced();
        return "#" + delivery.event().sequence()
                + (others.isNothing() ? "" : " for " + others.count() + " from " + others.from());
    }

    void assertAccount(long delivered, long coalesced) {
        StoreStats stats = store.stats();
        assertThat(List.of(stats.delivered(), stats.coalesced(), stats.pending(), stats.dead()))
                .containsExactly(delivered, coalesced, 0L, 0L);
        assertThat(stats.deliveries()).isEqualTo(delivered + coalesced);
    }
}
