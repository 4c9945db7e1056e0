package io.cloudland.callback.cli.bench;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.AttemptOutcome;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.PlannedDelivery;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A closed loop on one event loop: each producer goes on with its next event once the one before is durable, as whoever sends
 * commands does. In a life cycle every event is also read back and its delivery ended, a little later, as a worker does.
 */
final class StoreLoad {

    /** What happens to an event. */
    enum Kind {
        /** It becomes durable. */
        APPEND,
        /** It becomes durable, is read back, and its delivery ends; it counts when that is written too. */
        LIFE
    }

    /** Producers wait while so many deliveries have not ended. */
    private static final int MOST_OPEN = 2_048;

    private static final int BODY_BYTES = 700;
    private static final int BODIES = 4_096;
    private static final int READ = 256;

    private final EventStore store;
    private final Kind kind;
    private final int producers;
    private final int resources;
    private final Context context;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Payload[] bodies = bodies();
    private final long[] readUpTo = new long[ResourceRef.SLOTS];
    private final BitSet reading = new BitSet(ResourceRef.SLOTS);
    private final BitSet again = new BitSet(ResourceRef.SLOTS);
    private long[] tookNanos = new long[1 << 16];
    private int done;
    private double eventsPerSecond;
    private String report = "";
    private int running;
    private int open;
    private int waiting;
    private long endAt;
    private int left;
    private Promise<Void> ended = Promise.promise();

    StoreLoad(Vertx vertx, EventStore store, Kind kind, int producers, int resources) {
        this.store = store;
        this.kind = kind;
        this.producers = producers;
        this.resources = resources;
        this.context = vertx.getOrCreateContext();
        Arrays.fill(readUpTo, -1);
        if (kind == Kind.LIFE) {
            store.listen(slot -> context.runOnContext(ignored -> read(slot)));
        }
    }

    /** Gives every resource a last state, as a service that has been running for long would have. */
    void prepopulate() {
        int batch = 4_096;
        for (int first = 1; first <= resources; first += batch) {
            List<io.vertx.core.Future<?>> together = new java.util.ArrayList<>();
            for (long id = first; id < Math.min(first + batch, resources + 1L); id++) {
                together.add(store.append(change(id), false, event -> List.of()));
            }
            io.vertx.core.Future.all(together)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    String run(Duration duration) {
        return run(Integer.MAX_VALUE, duration);
    }

    String run(int events) {
        return run(events, Duration.ofDays(1));
    }

    private String run(int events, Duration duration) {
        long start = System.nanoTime();
        ended = Promise.promise();
        done = 0;
        left = events;
        endAt = start + duration.toNanos();
        context.runOnContext(ignored -> {
            running = producers;
            for (int i = 0; i < producers; i++) {
                next();
            }
        });
        ended.future().toCompletionStage().toCompletableFuture().join();
        return report((System.nanoTime() - start) / 1e9);
    }

    private void next() {
        if (System.nanoTime() >= endAt || left-- <= 0) {
            running--;
            endWhenDone();
            return;
        }
        long start = System.nanoTime();
        ResourceChange change = change(1 + random.nextLong(resources));
        store.append(change, false, planner()).onComplete(appended -> {
            if (appended.failed()) {
                ended.tryFail(appended.cause());
            } else {
                appended(System.nanoTime() - start);
            }
        });
    }

    private void appended(long tookNanos) {
        if (kind == Kind.APPEND) {
            note(tookNanos);
        } else if (++open >= MOST_OPEN) {
            waiting++;
            return;
        }
        next();
    }

    private void endWhenDone() {
        if (running == 0 && open == 0) {
            ended.tryComplete();
        }
    }

    private void note(long nanos) {
        if (done == tookNanos.length) {
            tookNanos = Arrays.copyOf(tookNanos, done * 2);
        }
        tookNanos[done++] = nanos;
    }

    private void read(int slot) {
        if (reading.get(slot)) {
            again.set(slot);
            return;
        }
        reading.set(slot);
        again.clear(slot);
        store.pending("default", slot, readUpTo[slot], READ).onSuccess(found -> {
            found.forEach(this::end);
            readUpTo[slot] = found.isEmpty()
                    ? readUpTo[slot]
                    : found.get(found.size() - 1).position();
            reading.clear(slot);
            if (found.size() == READ || again.get(slot)) {
                read(slot);
            }
        });
    }

    private void end(Delivery delivery) {
        Attempt attempt = new Attempt(1, Instant.EPOCH, Duration.ofMillis(1), new AttemptOutcome.Answered(200, ""));
        store.delivered(delivery, attempt).onSuccess(noted -> {
            Duration took = Duration.between(delivery.event().recordedAt(), Instant.now());
            note(took.toNanos());
            open--;
            if (waiting > 0) {
                waiting--;
                next();
            }
            endWhenDone();
        });
    }

    private DeliveryPlanner planner() {
        Payload payload = bodies[random.nextInt(bodies.length)];
        return event -> List.of(new PlannedDelivery("default", payload));
    }

    /** Made beforehand, half of each random, so that the store is measured and not their making. */
    private Payload[] bodies() {
        Payload[] made = new Payload[BODIES];
        for (int i = 0; i < made.length; i++) {
            String body = "{\"status\":\"running\",\"x\":\"" + hex(BODY_BYTES / 2) + "\",\"y\":\""
                    + "a".repeat(BODY_BYTES / 2) + "\"}";
            made[i] = new Payload("application/json", body.getBytes(StandardCharsets.UTF_8));
        }
        return made;
    }

    private String hex(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.substring(0, length);
    }

    private static ResourceChange change(long id) {
        return new ResourceChange(
                new ResourceRef(ResourceType.INSTANCE, id),
                "550e8400-e29b-41d4-a716-" + (100_000_000_000L + id),
                "running",
                Action.STATE_CHANGED,
                "action_vm",
                Instant.EPOCH,
                Optional.of("7b0a0b7e-7b5e-4c6e-9d55-0a2f1c0d9e11"),
                Optional.empty(),
                Map.of("hostname", "vm-" + id, "hyper_id", 5, "zone_id", 1, "cpu", 4, "memory", 8192, "disk", 100));
    }

    /** Of the last run. */
    double eventsPerSecond() {
        return eventsPerSecond;
    }

    /** What the last run showed. */
    String report() {
        return report;
    }

    private String report(double seconds) {
        eventsPerSecond = done / seconds;
        long[] sorted = Arrays.copyOf(tookNanos, done);
        Arrays.sort(sorted);
        report = String.format(
                Locale.ROOT,
                "ev/s=%.0f p50=%.2fms p99=%.2fms p99.9=%.2fms",
                eventsPerSecond,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999));
        return report;
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))] / 1e6;
    }
}
