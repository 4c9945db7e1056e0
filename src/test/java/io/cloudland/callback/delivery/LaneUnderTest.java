package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.Ordering;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A lane with its reader over a store, in a time that the test moves. */
final class LaneUnderTest {

    static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Payload BODY = payload("{}");

    private boolean mayStart = true;
    private final Map<ResourceRef, ResourceChange> changes = new HashMap<>();
    final EventStore store;
    final Window window;
    final Lane lane;
    final SlotReader reader;

    LaneUnderTest(
            EventStore store,
            VirtualTimers time,
            AttemptSender sender,
            DeliveryListener listener,
            int maxInFlight,
            int maxRetries,
            Window window) {
        this(
                new EndpointFlow(Samples.endpoint("http://127.0.0.1:1/"), FlowState.OPEN, time, () -> 0),
                new OutcomeClassifier(new RetryPolicy(maxRetries, INTERVAL)),
                store,
                time,
                sender,
                listener,
                maxInFlight,
                window,
                Ordering.RESOURCE);
    }

    /** One to an endpoint that gets each resource's events so, with three retries. */
    LaneUnderTest(EventStore store, VirtualTimers time, AttemptSender sender, int maxInFlight, Ordering ordering) {
        this(
                new EndpointFlow(Samples.endpoint("http://127.0.0.1:1/"), FlowState.OPEN, time, () -> 0),
                new OutcomeClassifier(new RetryPolicy(3, INTERVAL)),
                store,
                time,
                sender,
                new DeliveryListener() {},
                maxInFlight,
                Window.of(maxInFlight, 1),
                ordering);
    }

    /** One of several lanes to one endpoint. */
    LaneUnderTest(
            EndpointFlow flow,
            OutcomeClassifier classifier,
            EventStore store,
            VirtualTimers time,
            AttemptSender sender,
            DeliveryListener listener,
            int maxInFlight,
            Window window,
            Ordering ordering) {
        this.store = store;
        this.window = window;
        this.lane = new Lane(
                "default",
                sender,
                classifier,
                new EndpointGate(maxInFlight),
                new LaneFlow(flow, Runnable::run, time, time),
                window,
                ordering,
                new Surroundings(store, new SafeListeners(List.of(listener)), time, time, () -> mayStart));
        this.reader = new SlotReader(store, "default", window, time, new ReadFailures("default", time), lane::accept);
        lane.onRoom(reader::readOn);
    }

    /** Whether its node may start anything. */
    void mayStart(boolean isAllowed) {
        mayStart = isAllowed;
    }

    /** Puts an event into the store without telling the lane. */
    void append(ResourceRef resource) {
        ResourceChange change = changes.computeIfAbsent(resource, of -> change(of, "running"));
        store.append(change, false, event -> List.of(new PlannedDelivery("default", BODY)));
    }

    void append(ResourceRef resource, int count) {
        for (int i = 0; i < count; i++) {
            append(resource);
        }
    }

    void event(ResourceRef resource) {
        append(resource);
        reader.read(resource.slot());
    }

    void readAll() {
        for (int slot = 0; slot < ResourceRef.SLOTS; slot++) {
            reader.read(slot);
        }
    }

    void close() {
        reader.close();
        lane.close();
    }

    /** So many resources of one slot. */
    static List<ResourceRef> inSlotOf(ResourceRef first, int count) {
        return LongStream.iterate(first.id(), id -> id + 1)
                .mapToObj(Samples::instance)
                .filter(resource -> resource.slot() == first.slot())
                .limit(count)
                .toList();
    }
}
