package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final MemoryEventStore store = new MemoryEventStore(100_000, 100, TimeSource.system());
    private final Promise<Void> upstreamDone = Promise.promise();
    private final Map<Integer, List<Long>> slotsByShare = new ConcurrentHashMap<>();
    private final Queue<Promise<AttemptOutcome>> held = new ConcurrentLinkedQueue<>();
    private final List<String> deployments = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        upstreamDone.tryComplete();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Answers at once, or when the test says so. */
    private final class Endpoint implements AttemptSender {
        private final boolean hold;
        private final String thread = Thread.currentThread().getName();

        Endpoint(boolean hold) {
            this.hold = hold;
        }

        @Override
        public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
            assertThat(Thread.currentThread().getName()).isEqualTo(thread);
            if (!hold) {
                return Future.succeededFuture(new AttemptOutcome.Answered(200, ""));
            }
            Promise<AttemptOutcome> answer = Promise.promise();
            held.add(answer);
            return answer.future();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private void deploy(int workers, boolean hold, Duration stopLimit) throws Exception {
        EndpointFlows flows = new EndpointFlows(
                List.of(Samples.endpoint("http://127.0.0.1:1/")),
                TimeSource.system(),
                () -> store.stats().pending());
        for (int index = 0; index < workers; index++) {
            DeliveryVerticle verticle = new DeliveryVerticle(
                    new DeliveryVerticle.Worker(index, workers, OwnedSlots.all(), stopLimit, upstreamDone.future()),
                    List.of(Samples.endpoint("http://127.0.0.1:1/")),
                    store,
                    (endpoint, share) -> {
                        slotsByShare.put(slotsByShare.size(), List.of((long) share));
                        return new Endpoint(hold);
                    },
                    flows,
                    new SafeListeners(List.of()),
                    new VertxTimers(vertx),
                    TimeSource.system());
            deployments.add(get(vertx.deployVerticle(verticle)));
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void append(long id) {
        store.append(
                change(instance(id), "running"),
                false,
                event -> List.of(new PlannedDelivery("default", payload("{}"))));
    }

    @Test
    void the_workers_share_all_slots_and_the_limit_between_them() throws Exception {
        deploy(3, false, Duration.ofSeconds(5));

        for (long id = 1; id <= 5_000; id++) {
            append(id);
        }

        await().untilAsserted(() -> assertThat(store.stats().delivered()).isEqualTo(5_000));
        assertThat(slotsByShare.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(64);
    }

    @Test
    void what_was_pending_before_the_start_is_delivered() throws Exception {
        for (long id = 1; id <= 1_000; id++) {
            append(id);
            append(id);
        }

        deploy(2, false, Duration.ofSeconds(5));

        await().untilAsserted(() -> assertThat(store.stats().delivered()).isEqualTo(2_000));
    }

    @Test
    void a_stop_waits_until_upstream_is_done_and_everything_is_delivered() throws Exception {
        deploy(1, true, Duration.ofSeconds(20));
        append(1);
        append(2);
        await().until(() -> held.size() == 2);

        Future<Void> stopped = vertx.undeploy(deployments.get(0));
        append(3);
        upstreamDone.complete();
        await().until(() -> held.size() == 3);
        assertThat(stopped.isComplete()).isFalse();
        held.forEach(answer -> answer.complete(new AttemptOutcome.Answered(200, "")));

        get(stopped);
        assertThat(store.stats().delivered()).isEqualTo(3);
    }

    @Test
    void a_stop_ends_at_its_limit_and_leaves_the_rest_uncounted() throws Exception {
        deploy(1, true, Duration.ofMillis(200));
        append(1);
        await().until(() -> held.size() == 1);
        upstreamDone.complete();

        get(vertx.undeploy(deployments.get(0)));

        assertThat(store.stats().pending()).isEqualTo(1);
        assertThat(store.pending("default", instance(1).slot(), -1, 1)
                        .result()
                        .get(0)
                        .attemptsMade())
                .isZero();
    }
}
