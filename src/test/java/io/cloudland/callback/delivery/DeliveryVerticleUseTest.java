package io.cloudland.callback.delivery;

import static io.cloudland.callback.model.Samples.change;
import static io.cloudland.callback.model.Samples.instance;
import static io.cloudland.callback.model.Samples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudland.callback.http.AttemptSender;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Endpoint;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.Samples;
import io.cloudland.callback.observe.SafeListeners;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.cloudland.callback.store.memory.MemoryEventStore;
import io.cloudland.callback.time.TimeSource;
import io.cloudland.callback.time.VertxTimers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker is led over to other endpoints, or to other slots, while attempts are under way. */
class DeliveryVerticleUseTest {

    private static final AttemptOutcome OK = new AttemptOutcome.Answered(200, "");

    private final Vertx vertx = Vertx.vertx();
    private final Endpoint here = Samples.endpoint("http://127.0.0.1:1/");
    private final Endpoint moved = Samples.endpoint("http://127.0.0.1:2/");
    private final Endpoint unusable = Samples.endpoint("https://127.0.0.1:3/");
    private final MemoryEventStore store = new MemoryEventStore(1_000, 100, TimeSource.system());
    private final EndpointFlows flows = new EndpointFlows(
            List.of(here), TimeSource.system(), () -> store.stats().pending());
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private Future<Void> noted = Future.succeededFuture();
    private Future<Void> closing = Future.succeededFuture();
    private DeliveryVerticle worker;
    private volatile boolean live = true;
    private volatile Context loop;

    private record Sent(Endpoint to, long sequence, Promise<AttemptOutcome> answer) {}

    /** Answers when the test says so. */
    private record Held(Endpoint endpoint, Queue<Sent> sent, Future<Void> closing) implements AttemptSender {

        @Override
        public Future<AttemptOutcome> send(Delivery delivery, int attemptNumber, Instant startedAt) {
            Promise<AttemptOutcome> answer = Promise.promise();
            sent.add(new Sent(endpoint, delivery.event().sequence(), answer));
            return answer.future();
        }

        @Override
        public Future<Void> close() {
            return closing;
        }
    }

    @BeforeEach
    void deploy() throws Exception {
        worker = new DeliveryVerticle(
                new DeliveryVerticle.Worker(
                        0,
                        1,
                        new OwnedSlots(OwnedSlots.all().first(), () -> live),
                        Duration.ofSeconds(5),
                        Future.succeededFuture()),
                List.of(here),
                notingLate(store),
                this::sender,
                flows,
                new SafeListeners(List.of()),
                new VertxTimers(vertx),
                TimeSource.system());
        get(vertx.deployVerticle(worker));
        closing = Future.failedFuture("connections that cannot be closed"); // Of those that are opened from here on.
        store.append(change(instance(1), "running"), false, event -> owed());
        store.append(change(instance(1), "shut_off"), false, event -> owed());
        await().until(() -> sent.size() == 1);
    }

    /** Completes a delivery's end only when {@link #noted} does, as a store that waits for its disk. */
    private EventStore notingLate(EventStore behind) {
        return (EventStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(behind, arguments);
                    return method.getName().equals("delivered") ? noted : result;
                });
    }

    private AttemptSender sender(Endpoint endpoint, int share) {
        if (endpoint.equals(unusable)) {
            throw new IllegalStateException("a key file that cannot be read");
        }
        loop = vertx.getOrCreateContext();
        return new Held(endpoint, sent, closing);
    }

    /** Returns when the worker has done what it was asked for before, and what follows at once from that. */
    private void letItWork() throws Exception {
        for (int turn = 0; turn < 5; turn++) {
            Promise<Void> turned = Promise.promise();
            loop.runOnContext(turned::complete);
            get(turned.future());
        }
    }

    private void answerWell() {
        Sent attempt = sent.remove();
        loop.runOnContext(turn -> attempt.answer().complete(OK));
    }

    private static List<PlannedDelivery> owed() {
        return List.of(new PlannedDelivery("default", payload("{}")));
    }

    @AfterEach
    void close() throws Exception {
        sent.forEach(attempt -> attempt.answer().tryComplete(OK));
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Future<?> moveTo(Endpoint endpoint) {
        flows.use(List.of(endpoint), false);
        return worker.use(List.of(endpoint));
    }

    @Test
    void what_is_under_way_ends_before_the_next_event_of_the_resource_goes_the_new_way() throws Exception {
        Future<?> used = moveTo(moved);
        letItWork();
        assertThat(used.isComplete()).isFalse();
        assertThat(sent).hasSize(1);

        answerWell();

        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().to()).isEqualTo(moved);
        assertThat(sent.peek().sequence()).isEqualTo(2);
        assertThat(store.stats().delivered()).isEqualTo(1);
        get(used);
    }

    @Test
    void an_endpoint_whose_connections_cannot_be_closed_is_led_over_all_the_same() throws Exception {
        answerWell();
        await().until(() -> sent.size() == 1);
        answerWell();
        get(moveTo(moved));

        store.append(change(instance(1), "running"), false, event -> owed());
        await().until(() -> sent.size() == 1);
        moveTo(here); // Its result tells of the connections.
        answerWell();
        store.append(change(instance(1), "shut_off"), false, event -> owed());

        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().to()).isEqualTo(here);
    }

    @Test
    void an_endpoint_that_cannot_be_opened_any_more_is_served_as_before_and_the_change_is_told_as_failed()
            throws Exception {
        Future<?> used = moveTo(unusable);
        letItWork();
        assertThat(used.failed()).isTrue();
        assertThat(used.cause()).hasMessage("a key file that cannot be read");

        answerWell();

        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().to()).isEqualTo(here);
    }

    @Test
    void nothing_goes_the_new_way_before_the_store_knows_how_the_last_attempt_went() throws Exception {
        Promise<Void> disk = Promise.promise();
        noted = disk.future();
        Future<?> used = moveTo(moved);
        letItWork();
        answerWell();
        letItWork();
        assertThat(used.isComplete()).isFalse();
        assertThat(sent).isEmpty();

        disk.complete();

        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().to()).isEqualTo(moved);
    }

    private static BitSet allBut(ResourceRef resource) {
        BitSet slots = OwnedSlots.all().first();
        slots.clear(resource.slot());
        return slots;
    }

    /** An instance in another slot than the first. */
    private static ResourceRef elsewhere() {
        return LongStream.iterate(2, id -> id + 1)
                .mapToObj(Samples::instance)
                .filter(other -> other.slot() != instance(1).slot())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_slot_is_let_go_when_what_was_under_way_has_ended_and_what_waits_there_is_not_sent() throws Exception {
        Future<?> owned = worker.own(allBut(instance(1)));
        letItWork();
        assertThat(owned.isComplete()).isFalse();

        answerWell();
        get(owned);
        store.append(change(elsewhere(), "running"), false, event -> owed());
        await().until(() -> sent.size() == 1);
        letItWork();

        assertThat(sent).hasSize(1);
        assertThat(store.stats().pending())
                .as("the second event of the slot let go waits")
                .isEqualTo(2);
        answerWell();
    }

    @Test
    void a_slot_is_not_let_go_before_the_store_knows_how_its_last_attempt_went() throws Exception {
        Promise<Void> disk = Promise.promise();
        noted = disk.future();
        Future<?> owned = worker.own(allBut(instance(1)));
        letItWork();
        answerWell();
        letItWork();
        assertThat(owned.isComplete()).isFalse();

        disk.complete();

        get(owned);
    }

    @Test
    void what_waits_in_a_slot_that_comes_back_is_sent_in_order() throws Exception {
        Future<?> owned = worker.own(allBut(instance(1)));
        answerWell();
        get(owned);
        store.append(change(instance(1), "running"), false, event -> owed());

        get(worker.own(OwnedSlots.all().first()));

        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().sequence()).isEqualTo(2);
        answerWell();
        await().until(() -> sent.size() == 1);
        assertThat(sent.peek().sequence()).isEqualTo(3);
    }

    @Test
    void nothing_is_started_while_others_may_have_taken_the_slots_and_all_goes_on_when_they_have_not()
            throws Exception {
        live = false;
        answerWell();
        store.append(change(elsewhere(), "running"), false, event -> owed());
        await().until(() -> store.stats().delivered() == 1);
        letItWork();
        assertThat(sent).isEmpty();

        live = true;
        get(worker.own(OwnedSlots.all().first()));

        await().until(() -> sent.size() == 2);
    }
}
