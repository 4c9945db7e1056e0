package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.AppendListeners;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From open to closed: makes the rooms of a store on a context of its own, looks after them, and gives them back. */
final class Lifecycle {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final PostgresSettings settings;
    private final @Nullable Fence fence;
    private final Entrance entrance;
    private final AppendListeners listeners;
    private final SteadyClock clock;
    private final TimeSource time;
    private final AtomicBoolean looking = new AtomicBoolean();
    private @Nullable Pool pool;
    private long lookTimer = -1;
    private long forgetTimer = -1;

    Lifecycle(
            Vertx vertx,
            PostgresSettings settings,
            @Nullable Fence fence,
            Entrance entrance,
            AppendListeners listeners,
            SteadyClock clock,
            TimeSource time) {
        this.vertx = vertx;
        this.settings = settings;
        this.fence = fence;
        this.entrance = entrance;
        this.listeners = listeners;
        this.clock = clock;
        this.time = time;
    }

    Future<Void> open() {
        Answer<Boolean> opened = new Answer<>();
        // From a thread that has none Vert.x makes a new context, so that the writer shares no event loop with the
        // caller.
        Thread thread = new Thread(() -> openOn(vertx.getOrCreateContext(), opened), "callback-store-opening");
        thread.setDaemon(true);
        thread.start();
        return opened.future().mapEmpty();
    }

    private void openOn(Context home, Answer<Boolean> opened) {
        home.runOnContext(ignored -> openRooms(home).onComplete(done -> {
            if (done.succeeded()) {
                opened.succeed(true);
            } else {
                opened.fail(done.cause());
            }
        }));
    }

    private Future<Void> openRooms(Context home) {
        StoreDatabase database;
        try {
            database = new StoreDatabase(vertx, settings);
        } catch (RuntimeException unusable) {
            return Future.failedFuture(unusable);
        }
        String newEpoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
        return new Opening(database, settings, newEpoch)
                .run(vertx, entrance::isClosing, new StartLog(database.toString(), time))
                .compose(found -> start(home, database, found));
    }

    private Future<Void> start(Context home, StoreDatabase database, Opening.Found found) {
        Rooms rooms = rooms(home, database, found);
        Job<Void> first = rooms.transactions().look();
        rooms.writer().submit(first);
        return first.future().onSuccess(looked -> opened(rooms, database, found));
    }

    private Rooms rooms(Context home, StoreDatabase database, Opening.Found found) {
        Outage outage = new Outage(database.toString(), settings.waitWhenAway(), time);
        String me = UUID.randomUUID().toString();
        Wakeup wakeup = new Wakeup(settings.schema(), me, listeners);
        Writer[] self = new Writer[1];
        Link link = new Link(vertx, database, settings.schema(), wakeup::notified, () -> self[0].disconnected());
        Commit.Setting setting = new Commit.Setting(settings, found.epoch(), new CommitMark(me), wakeup);
        Counts counts = new Counts();
        Bounds bounds = new Bounds(settings.retention(), settings.dedupWindow(), clock, time);
        Transactions transactions = new Transactions(setting, counts, bounds, link::part, database.answerLimit());
        Patience patience = new Patience(time, settings.waitWhenAway());
        Writer writer = new Writer(vertx, home, database, link, transactions, patience, outage);
        self[0] = writer;
        Pool reading = database.openPool();
        pool = reading;
        Fence held = fence != null ? fence : slot -> found.tokens()[slot];
        return new Rooms(
                setting,
                transactions,
                writer,
                new Reads(vertx, reading, database, outage, entrance::isClosing, time),
                counts,
                bounds,
                held,
                link::part,
                found.lastArrival());
    }

    private void opened(Rooms rooms, StoreDatabase database, Opening.Found found) {
        lookTimer = vertx.setPeriodic(settings.pollInterval().toMillis(), fired -> look(rooms));
        forgetTimer = vertx.setPeriodic(
                FORGET_EVERY.toMillis(),
                fired -> rooms.writer().submit(rooms.transactions().forget()));
        Totals totals = rooms.counts().totals();
        log.info(
                "The store in {} is open: pending={} dead letters={} kept commands={} epoch={}",
                database,
                totals.pending(),
                totals.letters(),
                totals.keptParts(),
                found.epoch());
        entrance.opened(rooms);
    }

    /** One at a time: while the database is away they would heap up. */
    private void look(Rooms rooms) {
        if (looking.compareAndSet(false, true)) {
            Job<Void> look = rooms.transactions().look();
            look.future().onComplete(done -> looking.set(false));
            rooms.writer().submit(look);
        }
    }

    /** However often it is called, all hear when it is done. */
    Future<Void> close() {
        entrance.close();
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(forgetTimer);
        Answer<Boolean> closed = new Answer<>();
        entrance.rooms()
                .map(rooms -> rooms.writer().stop())
                .orElseGet(Future::succeededFuture)
                .compose(stopped -> closePool())
                .onComplete(done -> closed.succeed(true));
        listeners.clear();
        return closed.future().mapEmpty();
    }

    private Future<Void> closePool() {
        Pool reading = pool;
        return reading == null
                ? Future.succeededFuture()
                : reading.close()
                        .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .otherwiseEmpty();
    }
}
