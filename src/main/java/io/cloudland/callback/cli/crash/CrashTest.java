package io.cloudland.callback.cli.crash;

import static io.cloudland.callback.cli.crash.Waiting.await;
import static io.cloudland.callback.cli.crash.Waiting.sleep;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.cloudland.callback.receiver.Arrival;
import io.cloudland.callback.receiver.ArrivalListener;
import io.cloudland.callback.receiver.Receiver;
import io.cloudland.callback.receiver.ReceiverOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
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
    private static final long CHECK_MILLIS = 100;
    private static final long STALLED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CrashPlan plan;
    private final Consumer<String> out;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final CrashAccount account;
    private final CrashDriver driver;
    private final Random random;
    private final Receiver receiver;
    private final Victim victim;

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
        this.account = new CrashAccount(plan.coalesce(), plan.powerLoss().isPresent());
        CrashLoad load = new CrashLoad(plan.seed(), plan.resources(), plan.coalesce());
        this.driver = new CrashDriver(vertx, load, account, plan.commandsPerSecond());
        ReceiverOptions options =
                ReceiverOptions.onFreePort().withSeed(plan.seed()).withFaults(plan.faults());
        this.receiver = await(Receiver.start(vertx, options, new Accountant()));
        this.victim = Victim.of(plan, receiver.url(), directory, context);
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
            round();
            tell(round);
        }
        CrashFigures figures = closedAccount();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new CrashResult(plan, figures, victim.kills(), victim.restarts(), took, driver.firstFailure());
    }

    private void round() {
        if (victim.kills() > 0 && random.nextInt(100) < KILL_WHILE_STARTING_PERCENT) {
            killWhileStarting();
        }
        ServiceJvm service = victim.startAndWait();
        await(onContext(() -> driver.begin(service)));
        pause(LOAD_MIN_MILLIS, LOAD_MAX_MILLIS);
        victim.kill();
        await(onContext(driver::end));
    }

    /** Recovery itself is cut off, at any of its moments or just after. */
    private void killWhileStarting() {
        victim.start();
        pause(STARTING_MIN_MILLIS, STARTING_MAX_MILLIS);
        victim.kill();
    }

    private void pause(int minMillis, int maxMillis) {
        sleep(minMillis + random.nextInt(maxMillis - minMillis));
    }

    private void tell(int round) {
        if (round % TOLD_EVERY_ROUNDS == 0 || round == plan.rounds()) {
            long acknowledged = await(onContext(() -> Future.succeededFuture(account.acknowledgedCount())));
            out.accept(String.format(
                    Locale.ROOT,
                    "round %d of %d: %d kills, %d events acknowledged",
                    round,
                    plan.rounds(),
                    victim.kills(),
                    acknowledged));
        }
    }

    /** Lets the backlog flow, without faults, and asks the service for its dead letters. */
    private CrashFigures closedAccount() {
        receiver.setFaults("");
        ServiceJvm service = victim.startAndWait();
        long pending = drained(service);
        return await(service.deadLetters(MAX_DEAD_LETTERS).map(letters -> {
            letters.stream().map(Sighting::ofDeadLetter).forEach(account::dead);
            return account.close(driver.counts(), pending);
        }));
    }

    /** Waits until nothing is pending, or nothing moves any more; how much then is left. */
    private static long drained(ServiceJvm service) {
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

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(turn -> action.get().onComplete(done));
        return done.future();
    }

    @Override
    public void close() {
        victim.close();
        vertx.close().await();
    }
}
