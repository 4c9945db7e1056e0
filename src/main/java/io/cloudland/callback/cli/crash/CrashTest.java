package io.cloudland.callback.cli.crash;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.receiver.Arrival;
import io.cloudland.callback.receiver.ArrivalListener;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Kills a service under load, round after round, starts it again, and accounts for every command in the end.
 *
 * <p>Receiver, driver and account live in this JVM, which survives; the service has its own. The caller's thread directs
 * them, and may block; one context owns driver and account.
 */
final class CrashTest implements AutoCloseable {

    static final int MAX_DEAD_LETTERS = 1_000_000;

    private static final int LOAD_MIN_MILLIS = 300;
    private static final int LOAD_MAX_MILLIS = 2_000;
    private static final int KILL_WHILE_STARTING_PERCENT = 20;
    private static final int STARTING_MIN_MILLIS = 50;
    private static final int STARTING_MAX_MILLIS = 900;
    private static final int TOLD_EVERY_ROUNDS = 10;
    private static final long ANSWER_WITHIN_SECONDS = 60;
    private static final long CHECK_MILLIS = 100;
    private static final long STALLED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CrashPlan plan;
    private final Consumer<String> out;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final CrashAccount account = new CrashAccount();
    private final CrashDriver driver;
    private final Random random;
    private final Receiver receiver;
    private final ServiceJvm.Setup setup;
    private final PowerLoss power;
    private final List<Duration> restarts = new ArrayList<>();
    private int kills;

    /**
     * Starts the receiver; {@link #run} does the rest.
     *
     * @param directory takes the store and the service's log
     * @param out gets a line now and then
     */
    CrashTest(CrashPlan plan, Path directory, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
        this.random = new Random(plan.seed());
        this.driver =
                new CrashDriver(vertx, new CrashLoad(plan.seed(), plan.resources()), account, plan.commandsPerSecond());
        ReceiverOptions options =
                ReceiverOptions.onFreePort().withSeed(plan.seed()).withFaults(CrashPlan.FAULTS);
        this.receiver = await(Receiver.start(vertx, options, new Accountant()));
        Path store = directory.resolve("store");
        this.power = new PowerLoss(store, directory.resolve("power"), new Random(plan.seed()));
        this.setup = ServiceJvm.Setup.withoutLookup(plan.serviceConfig(receiver, store), directory)
                .withEnvironment(plan.powerLoss().map(power::environment).orElse(Map.of()));
    }

    /** Carries what the receiver sees over to the context that owns the account. */
    private final class Accountant implements ArrivalListener {
        @Override
        public void arrived(Arrival arrival, byte[] body) {
            Sighting.of(arrival, body)
                    .ifPresentOrElse(
                            sighting -> context.runOnContext(turn -> account.arrived(sighting)),
                            () -> context.runOnContext(turn -> account.arrivedUnreadable()));
        }

        @Override
        public void taken(Arrival arrival) {
            arrival.webhookId().ifPresent(id -> context.runOnContext(turn -> account.taken(id)));
        }
    }

    /**
     * Runs it.
     *
     * @throws IllegalStateException where the service cannot be started, ends by itself, or does not answer
     */
    CrashResult run() {
        long start = System.nanoTime();
        for (int round = 1; round <= plan.rounds(); round++) {
            round(round);
        }
        receiver.setFaults("");
        try (ServiceJvm service = started()) {
            long pending = drained(service);
            await(service.deadLetters(MAX_DEAD_LETTERS)).stream()
                    .map(Sighting::ofDeadLetter)
                    .forEach(letter -> own(() -> account.dead(letter)));
            CrashFigures figures = owned(() -> account.close(driver.counts(), pending));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new CrashResult(plan, figures, kills, List.copyOf(restarts), took, driver.firstFailure());
        }
    }

    private void round(int round) {
        if (kills > 0 && random.nextInt(100) < KILL_WHILE_STARTING_PERCENT) {
            killWhileStarting();
        }
        ServiceJvm service = started();
        await(onContext(() -> driver.begin(service)));
        pause(LOAD_MIN_MILLIS, LOAD_MAX_MILLIS);
        kill(service);
        await(onContext(driver::end));
        if (round % TOLD_EVERY_ROUNDS == 0 || round == plan.rounds()) {
            out.accept("round %d of %d: %d kills, %d events acknowledged"
                    .formatted(round, plan.rounds(), kills, owned(account::acknowledgedCount)));
        }
    }

    private ServiceJvm started() {
        ServiceJvm service = start();
        try {
            Duration took = await(service.up());
            if (kills > 0) {
                restarts.add(took);
            }
            return service;
        } catch (RuntimeException notUp) {
            service.close();
            throw notUp;
        }
    }

    /** Recovery itself is cut off, at any of its moments or just after. */
    private void killWhileStarting() {
        ServiceJvm service = start();
        pause(STARTING_MIN_MILLIS, STARTING_MAX_MILLIS);
        kill(service);
    }

    private ServiceJvm start() {
        onDisk(power::begin);
        return ServiceJvm.start(context, setup);
    }

    private void kill(ServiceJvm service) {
        service.kill();
        kills++;
        await(service.ended());
        onDisk(power::strike);
    }

    /** Does to the disk what a power cut means, where the plan wants one. */
    private void onDisk(DiskAction action) {
        if (plan.powerLoss().isPresent()) {
            try {
                action.run();
            } catch (IOException failure) {
                throw new IllegalStateException("the power cut cannot be imitated: " + failure, failure);
            }
        }
    }

    @FunctionalInterface
    private interface DiskAction {
        void run() throws IOException;
    }

    private void pause(int minMillis, int maxMillis) {
        sleep(minMillis + random.nextInt(maxMillis - minMillis));
    }

    /** Lets what waits flow until nothing does, or nothing moves any more; how much then is left. */
    private long drained(ServiceJvm service) {
        long pending = pending(service);
        long movedAt = System.nanoTime();
        while (pending > 0 && System.nanoTime() - movedAt < STALLED_AFTER_NANOS) {
            sleep(CHECK_MILLIS);
            long now = pending(service);
            movedAt = now == pending ? movedAt : System.nanoTime();
            pending = now;
        }
        return pending;
    }

    private static long pending(ServiceJvm service) {
        return await(service.stats()).getLong("pending");
    }

    private void own(Runnable action) {
        owned(() -> {
            action.run();
            return new JsonObject();
        });
    }

    private <T> T owned(Supplier<T> question) {
        return await(onContext(() -> Future.succeededFuture(question.get())));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn ->
                Future.<T>future(promise -> action.get().onComplete(promise)).onComplete(done));
        return done.future();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) { // Future.await throws the cause, whatever it is.
            throw new IllegalStateException(failure.toString(), failure);
        }
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the crash test", stopped);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
