package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link EventStore} in a directory of the local disk, on RocksDB: what it has accepted is there after a crash.
 *
 * <p>One thread writes, one reads; a caller's future completes on the context it called from. A caller without a Vert.x
 * context hears on a thread of the store and must not block it. {@code docs/store.md} tells how it is laid out.
 */
public final class RocksDbEventStore implements EventStore {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long RESERVE_BYTES = 256L << 20;
    private static final Duration DAY = Duration.ofDays(1);

    private final Path path;
    private final long maxBytes;
    private final int queueSize;
    private final Writer.Setting setting;
    private final TimeSource time;
    private final Space space;
    private final Admission admission;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final Duration dedupWindow;
    private final Lifecycle lifecycle = new Lifecycle();
    private volatile @Nullable Rooms rooms;

    /** What there is while the store is open. */
    record Rooms(OpenStore store, Writer writer, Reader reader, Reclaimer reclaimer) {}

    /**
     * @param path the directory, made where it is not there; no other process may use it at the same time
     * @param sync when what is written is forced onto the disk
     * @param maxBytes how much the directory may take before appends are refused
     * @param queueSize how many deliveries may be open before appends are refused
     * @param maxDeadLetters how many dead letters are kept; the oldest go first
     * @param dedupWindow how long it is remembered what a command with an id led to; zero for not at all
     */
    public RocksDbEventStore(
            Path path,
            Sync sync,
            long maxBytes,
            int queueSize,
            int maxDeadLetters,
            Duration dedupWindow,
            TimeSource time) {
        this(
                path,
                new Writer.Setting(sync, maxDeadLetters),
                queueSize,
                maxBytes,
                new Space(path, maxBytes, RESERVE_BYTES, Space.ofDiskOf(path), time),
                dedupWindow,
                time);
    }

    /** A store that remembers commands with an id for a day. */
    public RocksDbEventStore(Path path, Sync sync, long maxBytes, int queueSize, int maxDeadLetters, TimeSource time) {
        this(path, sync, maxBytes, queueSize, maxDeadLetters, DAY, time);
    }

    RocksDbEventStore(Path path, Writer.Setting setting, int queueSize, long maxBytes, Space space, TimeSource time) {
        this(path, setting, queueSize, maxBytes, space, DAY, time);
    }

    private RocksDbEventStore(
            Path path,
            Writer.Setting setting,
            int queueSize,
            long maxBytes,
            Space space,
            Duration dedupWindow,
            TimeSource time) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.queueSize = queueSize;
        this.setting = setting;
        this.time = time;
        this.space = space;
        this.dedupWindow = dedupWindow;
        this.admission = new Admission(queueSize, space);
    }

    @Override
    public Future<Void> open() {
        Answer<Void> opened = new Answer<>();
        Thread thread = new Thread(() -> live(opened), "callback-store-writer");
        thread.setDaemon(true);
        lifecycle.starting();
        thread.start();
        return opened.future();
    }

    /** The life of the writer's thread: open, write, close. */
    private void live(Answer<Void> opened) {
        Rooms open;
        try {
            open = openRooms();
        } catch (Throwable e) { // A library that cannot be loaded is an Error.
            lifecycle.ended();
            opened.fail(OpenProblems.of(path, e));
            return;
        }
        rooms = open;
        lifecycle.started(open.writer()::stop);
        Answer.done(opened);
        try {
            open.writer().run();
        } catch (Throwable e) {
            log.error(
                    "The store in {} has stopped by a defect; nothing accepted is lost, restart the service", path, e);
        } finally {
            close(open);
            lifecycle.ended();
        }
    }

    private Rooms openRooms() throws Exception {
        OpenProblems.prepare(path);
        String newEpoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
        OpenStore store = OpenStore.open(path, maxBytes, newEpoch, dedupWindow);
        Totals found = store.totals().get();
        log.info(
                "The store in {} is open: pending={} dead letters={} kept commands={} epoch={}",
                path,
                found.pending(),
                found.deadKept(),
                store.inboxSize().get(),
                store.epoch());
        Reclaimer reclaimer = new Reclaimer(store.database(), time);
        Writer writer = new Writer(store, setting, space, reclaimer, this::tellListeners, time);
        return new Rooms(store, writer, new Reader(), reclaimer);
    }

    /** Whoever uses the database ends before it is closed. */
    private static void close(Rooms open) {
        open.reader().stop();
        open.reclaimer().stop();
        open.store().database().close();
    }

    private void tellListeners(int slot) {
        for (AppendListener listener : listeners) {
            listener.appended(slot);
        }
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        return whenOpen(open -> {
            Append append = new Append(change, terms, planner, admission, time.now());
            return open.writer().offer(append)
                    ? append.answer().future()
                    : Future.failedFuture(
                            Admission.refused(change, Writer.MAX_QUEUED_APPENDS + " events wait for the disk already"));
        });
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        return whenOpen(open -> {
            SeenUnchanged seen = new SeenUnchanged(key, admission, time.now());
            open.writer().submit(seen);
            return seen.answer().future();
        });
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of(new RocksDbInbox(this, admission, time));
    }

    Optional<InboxSize> inboxSize() {
        return Optional.ofNullable(rooms).map(open -> open.store().inboxSize());
    }

    @Override
    public Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return whenOpen(open -> {
            byte[] cached = open.store().states().get(resource);
            return cached != null
                    ? Future.succeededFuture(Optional.of(StateCodec.decode(resource, cached)))
                    : open.reader().read("the last state of " + resource, () -> readState(open.store(), resource));
        });
    }

    private static Optional<ResourceState> readState(OpenStore store, ResourceRef resource)
            throws org.rocksdb.RocksDBException {
        byte[] row = store.database().get(Family.STATES, StateCodec.key(resource));
        return Optional.ofNullable(row).map(bytes -> StateCodec.decode(resource, bytes));
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return whenOpen(open -> open.reader()
                .read(
                        "slot " + slot + " of endpoint " + endpoint,
                        () -> new OpenDeliveries(open.store())
                                .after(
                                        endpoint,
                                        slot,
                                        afterPosition,
                                        limit,
                                        (key, row, why) -> moveAside(open.writer(), endpoint, key, row, why))));
    }

    private void moveAside(Writer writer, String endpoint, DeliveryKey key, byte[] row, String why) {
        log.error(
                "The delivery at position {} to {} cannot be read: {}; it becomes a dead letter, the others go on",
                key.position(),
                endpoint,
                why);
        writer.submit(Outcome.unreadable(key, Unreadable.letter(endpoint, key.position(), why, time.now()), row));
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        boolean tried = delivery.attemptsMade() > 0 || attempt.number() > 1;
        return submit(delivery, key -> Outcome.delivered(key, tried));
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        return submit(delivery, key -> Outcome.retry(key, new RetryCodec.Row(delivery.attemptsMade() + 1, next)));
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        Instant now = time.now();
        DeadLetter letter = new DeadLetter(delivery.retryAt(now), attempt, reason, now);
        return submit(delivery, key -> Outcome.dead(key, letter));
    }

    private Future<Void> submit(Delivery delivery, Function<DeliveryKey, Outcome> made) {
        return whenOpen(open -> {
            Integer id = open.store().endpoints().idOf(delivery.endpoint());
            if (id == null) {
                return Future.succeededFuture(); // No delivery to it was ever kept.
            }
            DeliveryKey key = new DeliveryKey(id, delivery.resource().slot(), delivery.position());
            Outcome outcome = made.apply(key);
            open.writer().submit(outcome);
            return outcome.answer().future();
        });
    }

    @Override
    public Future<List<DeadLetter>> deadLetters(int limit) {
        return whenOpen(open ->
                open.reader().read("the dead letters", () -> new DeadLetters(open.store()).newest(limit)));
    }

    <T> Future<T> whenOpen(Function<Rooms, Future<T>> call) {
        Rooms open = rooms;
        if (open == null || lifecycle.isClosing()) {
            return Future.failedFuture(stopping());
        }
        return call.apply(open);
    }

    static CallbackException stopping() {
        return new CallbackException(ErrorCode.SHUTTING_DOWN, "the store is closed; send the command again later");
    }

    @Override
    public StoreStats stats() {
        Rooms known = rooms;
        return (known == null ? Totals.NONE : known.store().totals().get()).stats(queueSize);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void listen(AppendListener listener) {
        listeners.add(listener);
    }

    @Override
    public Future<Void> close() {
        return lifecycle.close();
    }
}
