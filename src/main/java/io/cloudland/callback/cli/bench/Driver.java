package io.cloudland.callback.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives a sender: closed loop for throughput, a steady rate for latency. All its state is owned by one context.
 *
 * <p>In the closed loop two bounds hold it back: how much is unanswered, and how much is accepted and has not reached the
 * sink, which the orchestrator tells it. So the service's queue stays half empty and its refusals are not measured.
 */
final class Driver {

    private static final long BACK_OFF_MILLIS = 10;

    private final Vertx vertx;
    private final Context context;
    private final Supplier<Future<String>> work;
    private final Predicate<Throwable> refusal;
    private final Bounds bounds;

    private Samples sent = new Samples();
    private BenchClock clock = BenchClock.MONOTONIC;
    private boolean steady;
    private boolean backingOff;
    private long target;
    private long launched;
    private long accepted;
    private long refused;
    private long received;
    private long idSum;
    private @Nullable String failure;

    /**
     * A driver.
     *
     * @param work sends one event; completes with its id once it is accepted
     * @param refusal whether such a failure means: not now, again later
     */
    Driver(Vertx vertx, Bounds bounds, Supplier<Future<String>> work, Predicate<Throwable> refusal) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.bounds = bounds;
        this.work = work;
        this.refusal = refusal;
    }

    /** Does what the orchestrator asks for. */
    Future<JsonObject> ask(JsonObject ask) {
        Promise<JsonObject> answer = Promise.promise();
        context.runOnContext(go -> answer.complete(perform(ask)));
        return answer.future();
    }

    private JsonObject perform(JsonObject ask) {
        switch (ask.getString("op")) {
            case "closed" -> closed(ask);
            case "steady" -> steady(ask);
            case "stop" -> target = launched;
            case "usage" -> {
                return Usage.now();
            }
            case "sent" -> {
                return sent.toJson();
            }
            default -> reached(ask.getLong("received"));
        }
        return progress();
    }

    private void begin(JsonObject ask, boolean atSteadyRate) {
        sent = new Samples();
        clock = BenchClock.valueOf(ask.getString("clock"));
        steady = atSteadyRate;
        target = launched + ask.getLong("count");
    }

    private void closed(JsonObject ask) {
        begin(ask, false);
        pump();
    }

    private void steady(JsonObject ask) {
        begin(ask, true);
        Pace pace = new Pace(clock.nanos(), ask.getInteger("per_second"));
        long first = launched;
        vertx.setPeriodic(1, timer -> {
            long now = clock.nanos();
            while (launched < target && pace.dueNanos(launched - first) <= now) {
                launch(pace.dueNanos(launched - first));
            }
            if (launched >= target) {
                vertx.cancelTimer(timer);
            }
        });
    }

    private void reached(long atTheSink) {
        received = atTheSink;
        pump();
    }

    private void pump() {
        while (!steady && !backingOff && launched < target && withinBounds()) {
            launch(clock.nanos());
        }
    }

    private boolean withinBounds() {
        return launched - accepted < bounds.unanswered() && launched - received < bounds.pending();
    }

    /** Latency counts from {@code dueNanos}, not from the call: a sender that is held up must not look faster. */
    private void launch(long dueNanos) {
        launched++;
        work.get().onComplete(id -> accept(id, dueNanos), this::settleFailure);
    }

    private void accept(String id, long dueNanos) {
        accepted++;
        idSum += Audit.hash(id);
        sent.add(id, dueNanos);
        pump();
    }

    private void settleFailure(Throwable cause) {
        launched--;
        if (!refusal.test(cause)) {
            failure = cause.toString();
            target = launched;
            return;
        }
        refused++;
        if (steady) {
            target--;
        } else if (!backingOff) {
            backingOff = true;
            vertx.setTimer(BACK_OFF_MILLIS, over -> resume());
        }
    }

    private void resume() {
        backingOff = false;
        pump();
    }

    private JsonObject progress() {
        JsonObject progress = new JsonObject()
                .put("accepted", accepted)
                .put("refused", refused)
                .put("id_sum", idSum)
                .put("done", launched >= target && accepted == launched);
        return failure == null ? progress : progress.put("error", failure);
    }
}
