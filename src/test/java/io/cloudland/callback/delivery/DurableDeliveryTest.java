package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.rocksdb.RocksDbEventStore;
import io.cloudland.callback.store.rocksdb.Sync;
import io.cloudland.callback.time.Timers;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries over the store on the disk, through stops and starts. */
class DurableDeliveryTest {

    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");
    private static final AttemptOutcome BUSY = new AttemptOutcome.Answered(503, "");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final VirtualTimers time = new VirtualTimers();
    private final List<String> deployments = new ArrayList<>();
    private final Queue<Sent> underWay = new ConcurrentLinkedQueue<>();
    private final Map<ResourceRef, List<Long>> taken = new ConcurrentHashMap<>();
    private final AtomicInteger allowed = new AtomicInteger();
    private EventStore store;

    private record Sent(Delivery delivery, int attemptNumber, Promise<AttemptOutcome> answer) {}

    /** Takes as many as the test allows; holds every other attempt until the test answers it. */
    private final class Endpoint implements AttemptSender {
        @Override
        public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
            if (allowed.getAndDecrement() > 0) {
                taken.computeIfAbsent(delivery.resource(), resource -> new CopyOnWriteArrayList<>())
                        .add(delivery.event().sequence());
                return Future.succeededFuture(OK);
            }
            Sent sent = new Sent(delivery, attemptNumber, Promise.promise());
            underWay.add(sent);
            return sent.answer().future();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    /** The test's time for a verticle: what falls due runs on the verticle's context. */
    private Timers onLoop() {
        return (delay, action) -> {
            Context loop = Vertx.currentContext();
            return time.schedule(delay, () -> loop.runOnContext(ignored -> action.run()));
        };
    }

    @BeforeEach
    void openStore() throws Exception {
        store = new RocksDbEventStore(directory.resolve("store"), Sync.OFF, 1L << 30, 100_000, 100, time);
        get(store.open());
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
        get(store.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void start(int workers) throws Exception {
        EndpointFlows flows = new EndpointFlows(
                List.of(Samples.endpoint("http://127.0.0.1:1/")),
                time,
                () -> store.stats().pending());
        for (int index = 0; index < workers; index++) {
            deployments.add(get(vertx.deployVerticle(new DeliveryVerticle(
                    new DeliveryVerticle.Worker(
                            index, workers, OwnedSlots.all(), Duration.ofSeconds(9), Future.succeededFuture()),
                    List.of(Samples.endpoint("http://127.0.0.1:1/")),
                    store,
                    (endpoint, share) -> new Endpoint(),
                    flows,
                    new SafeListeners(List.of()),
                    onLoop(),
                    time))));
        }
    }

    /** Ends the workers and the store, with attempts still under way, and opens the store anew. */
    private void stop() throws Exception {
        List<Future<Void>> stopped = deployments.stream().map(vertx::undeploy).toList();
        deployments.clear();
        await().until(() -> {
            time.advance(Duration.ofSeconds(3)); // To the stop limit, where something is under way.
            return stopped.stream().allMatch(Future::isComplete);
        });
        underWay.clear();
        get(store.close());
        openStore();
    }

    private void append(long id) {
        store.append(
                change(instance(id), "running"),
                false,
                event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    private Sent next() {
        await().until(() -> !underWay.isEmpty());
        return underWay.remove();
    }

    private long attemptsNoted() throws Exception {
        return get(store.pending("default", instance(1).slot(), -1, 1)).get(0).attemptsMade();
    }

    @Test
    void attempts_made_and_due_times_survive_and_an_attempt_cut_short_by_a_stop_is_not_counted() throws Exception {
        start(1);
        append(1);
        next().answer().complete(BUSY);
        await().until(() -> attemptsNoted() == 1);
        stop(); // Nothing is under way: the stop takes no time.
        start(1);
        assertThat(attemptsNoted()).isEqualTo(1);
        assertThat(underWay).isEmpty();

        await().until(() -> {
            time.advance(Duration.ofSeconds(1));
            return !underWay.isEmpty();
        });
        assertThat(next().attemptNumber()).isEqualTo(2);
        stop();

        start(1);
        Sent again = next();
        assertThat(again.attemptNumber()).isEqualTo(2);
        again.answer().complete(OK);
        await().until(() -> store.stats().pending() == 0);
    }

    @Test
    void a_change_of_workers_keeps_the_order_and_loses_nothing() throws Exception {
        int events = 6_000;
        for (int i = 0; i < events; i++) {
            append(1 + i % 40);
        }
        for (int workers : List.of(3, 5)) {
            allowed.set(events / 3);
            start(workers);
            await().until(() -> allowed.get() < 0);
            stop();
        }
        allowed.set(events);
        start(1);
        await().until(() -> store.stats().pending() == 0);

        assertThat(taken).hasSize(40);
        assertThat(taken.values()).allSatisfy(sequences -> {
            assertThat(sequences).isSorted(); // One cut short may have come twice.
            assertThat(Set.copyOf(sequences)).hasSize(events / 40);
        });
    }
}
