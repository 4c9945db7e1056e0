package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.payload;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome.Answered;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.EndpointStatus;
import io.cloudland.callback.model.FlowSettings;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.RetrySettings;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.DeliveryListener;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lanes of several workers to one endpoint, in a time that the test moves. */
final class FlowUnderTest {

    static final Duration PROBE = Duration.ofSeconds(10);
    static final FlowSettings PARKING = new FlowSettings(3, PROBE, Duration.ofSeconds(40), 0);

    final VirtualTimers time = new VirtualTimers();
    final MemoryEventStore store = new MemoryEventStore(100_000, 100_000, time);
    final FakeSender endpoint = new FakeSender();
    final List<LaneUnderTest> lanes = new ArrayList<>();
    final List<LaneHandshake> handshakes = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final EndpointFlow flow;

    FlowUnderTest(int workers, int maxInFlight, FlowSettings settings, RetrySettings retries, Window... windows) {
        Endpoint configured = endpoint(maxInFlight, settings, retries);
        flow = new EndpointFlow(
                configured,
                EndpointFlow.firstStateOf(configured, time),
                time,
                () -> store.stats().pending());
        for (int worker = 0; worker < workers; worker++) {
            int share = EndpointGate.shareOf(maxInFlight, worker, workers);
            lanes.add(new LaneUnderTest(
                    flow,
                    new OutcomeClassifier(new RetryPolicy(retries, () -> 0)),
                    store,
                    time,
                    endpoint,
                    new Telling(),
                    share,
                    windows.length == 0 ? Window.of(share, workers) : windows[0],
                    settings.ordering()));
            LaneHandshake handshake = new LaneHandshake(flow, endpoint, time, time);
            handshakes.add(handshake);
            flow.join(handshake::look);
        }
    }

    static Endpoint endpoint(int maxInFlight, FlowSettings settings, RetrySettings retries) {
        Endpoint sample = Samples.endpoint("http://127.0.0.1:1/");
        return new Endpoint(
                sample.name(),
                sample.url(),
                sample.format(),
                sample.apiKey(),
                sample.timeout(),
                retries,
                maxInFlight,
                false,
                true,
                sample.filter(),
                sample.headers(),
                sample.secrets(),
                sample.connection(),
                settings);
    }

    /** Retried thrice, 5 s apart. */
    static RetrySettings retries() {
        return RetrySettings.fixed(3, LaneUnderTest.INTERVAL);
    }

    private final class Telling implements DeliveryListener {
        @Override
        public void retryScheduled(Delivery delivery, Attempt attempt, java.time.Instant next) {
            told.add("retry " + delivery.resource());
        }

        @Override
        public void dead(Delivery delivery, Attempt attempt, String reason) {
            told.add("dead " + delivery.resource());
        }
    }

    void append(ResourceRef resource) {
        store.append(
                change(resource, "running"), false, event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    /** Puts an event into the store and tells the lane of the worker that owns its slot. */
    void event(ResourceRef resource) {
        append(resource);
        laneOf(resource).reader.read(resource.slot());
    }

    void events(int resources) {
        for (long id = 1; id <= resources; id++) {
            event(Samples.instance(id));
        }
    }

    LaneUnderTest laneOf(ResourceRef resource) {
        return lanes.get(resource.slot() % lanes.size());
    }

    /** Whatever is under way now is answered so; returns how many those were. */
    int answerAll(int status) {
        int count = endpoint.underWay();
        for (int i = 0; i < count; i++) {
            endpoint.takeAny().answers(status);
        }
        return count;
    }

    void answerAny(int status, Duration retryAfter) {
        endpoint.takeAny().answer().complete(new Answered(status, "", Optional.of(retryAfter)));
    }

    /** Answers until nothing is pending and nothing is under way. */
    void drain() {
        for (int round = 0; round < 100_000 && store.stats().pending() > 0; round++) {
            if (answerAll(200) == 0) {
                time.advance(Duration.ofMillis(50));
            }
        }
    }

    EndpointStatus status() {
        return flow.status();
    }

    /** Lets the lanes meet three failures, which is what {@link #PARKING} parks after. */
    void park() {
        for (int i = 0; i < PARKING.parkAfterFailures(); i++) {
            endpoint.takeAny().answers(500);
        }
    }
}
