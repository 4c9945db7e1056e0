package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.model.Attempt;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceChange;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.AppendListener;
import io.cloudland.callback.store.AppendListeners;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.AppendTerms;
import io.cloudland.callback.store.CommandKey;
import io.cloudland.callback.store.DeliveryPlanner;
import io.cloudland.callback.store.DeliveryRecords;
import io.cloudland.callback.store.EventStore;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.StoreStats;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link EventStore} in a directory of the local disk, on RocksDB: what it has accepted is there after a crash.
 *
 * <p>One thread writes, one reads, one searches; a caller's future completes on the context it called from. A caller
 * without a Vert.x context hears on a thread of the store and must not block it. {@code docs/store.md} tells how it is laid
 * out.
 */
public final class RocksDbEventStore implements EventStore {

    private static final Logger log = LoggerFactory.getLogger("store");
    private static final long RESERVE_BYTES = 256L << 20;
    private static final Duration DAY = Duration.ofDays(1);

    private final Path path;
    private final int queueSize;
    private final WriterSetting setting;
    private final TimeSource time;
    private final SteadyClock clock;
    private final Space space;
    private final Admission admission;
    private final AppendListeners listeners = new AppendListeners();
    private final Lifecycle lifecycle = new Lifecycle();
    private final Entrance entrance = new Entrance(lifecycle);
    private final DeliveryRecords records;

    /**
     * A store that remembers commands with an id for a day.
     *
     * @param path the directory, made where it is not there; no other process may use it at the same time
     * @param sync when what is written is forced onto the disk
     * @param maxBytes how much the directory may take before appends are refused
     * @param queueSize how many deliveries may be open before appends are refused
     * @param maxDeadLetters how many dead letters are kept; the oldest go first
     */
    public RocksDbEventStore(Path path, Sync sync, long maxBytes, int queueSize, int maxDeadLetters, TimeSource time) {
        this(path, sync, maxBytes, queueSize, Retention.ofDeadLetters(maxDeadLetters), DAY, time);
    }

    /**
     * @param path the directory, made where it is not there; no other process may use it at the same time
     * @param sync when what is written is forced onto the disk
     * @param maxBytes how much the directory may take before appends are refused
     * @param queueSize how many deliveries may be open before appends are refused
     * @param retention what is kept of deliveries that have ended; the log takes a quarter of {@code maxBytes} at most
     * @param dedupWindow how long it is remembered what a command with an id led to; zero for not at all
     */
    public RocksDbEventStore(
            Path path,
            Sync sync,
            long maxBytes,
            int queueSize,
            Retention retention,
            Duration dedupWindow,
            TimeSource time) {
        this(
                path,
                new WriterSetting(sync, retention, maxBytes, dedupWindow),
                queueSize,
                new Space(path, maxBytes, RESERVE_BYTES, Space.ofDiskOf(path), time),
                time);
    }

    RocksDbEventStore(Path path, WriterSetting setting, int queueSize, Space space, TimeSource time) {
        this.path = path;
        this.queueSize = queueSize;
        this.setting = setting;
        this.time = time;
        this.clock = new SteadyClock(time);
        this.space = space;
        this.admission = new Admission(queueSize, space);
        this.records = new RocksDbRecords(entrance, admission, time);
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
        entrance.opened(open);
        lifecycle.started(open.writer()::stop);
        Answer.done(opened);
        try {
            open.writer().run();
        } catch (Throwable e) {
            log.error(
                    "The store in {} has stopped by a defect; nothing accepted is lost, restart the service", path, e);
        } finally {
            open.close();
            lifecycle.ended();
        }
    }

    private Rooms openRooms() throws Exception {
        OpenProblems.prepare(path);
        String newEpoch = Long.toString(time.now().toEpochMilli(), Character.MAX_RADIX);
        OpenStore store = OpenStore.open(path, setting.maxBytes(), newEpoch, setting.dedupWindow());
        Totals found = store.totals().get();
        log.info(
                "The store in {} is open: pending={} dead letters={} kept commands={} epoch={}",
                path,
                found.pending(),
                found.letters().kept(),
                store.inboxSize().get(),
                store.epoch());
        return Rooms.of(store, setting, space, listeners::tell, time);
    }

    @Override
    public Future<AppendResult> append(ResourceChange change, AppendTerms terms, DeliveryPlanner planner) {
        return entrance.whenOpen(open -> {
            Append append = new Append(change, terms, planner, admission, time.now(), clock.untouched());
            return open.writer().offer(append)
                    ? append.answer().future()
                    : Future.failedFuture(
                            Admission.refused(change, ChangeQueue.MAX_APPENDS + " events wait for the disk already"));
        });
    }

    @Override
    public Future<AppendResult> unchanged(CommandKey key) {
        return entrance.whenOpen(open -> {
            SeenUnchanged seen = new SeenUnchanged(key, admission, clock.untouched());
            open.writer().submit(seen);
            return seen.answer().future();
        });
    }

    @Override
    public Optional<Inbox> inbox() {
        return Optional.of(new RocksDbInbox(entrance, admission, time));
    }

    @Override
    public Future<Optional<ResourceState>> lastState(ResourceRef resource) {
        return entrance.whenOpen(open -> open.queries().lastState(resource));
    }

    @Override
    public Future<List<Delivery>> pending(String endpoint, int slot, long afterPosition, int limit) {
        return entrance.whenOpen(open -> open.queries().pending(endpoint, slot, afterPosition, limit));
    }

    @Override
    public Future<List<Delivery>> pendingOf(
            String endpoint, ResourceRef resource, long afterPosition, long upToPosition, int limit) {
        return entrance.whenOpen(open -> open.queries()
                .pendingOf(new ResourceScan.Wanted(endpoint, resource, afterPosition, upToPosition, limit)));
    }

    @Override
    public Future<Void> delivered(Delivery delivery, Attempt attempt) {
        return entrance.whenOpen(open -> open.outcomes().delivered(delivery, attempt));
    }

    @Override
    public Future<Void> retryAt(Delivery delivery, Attempt attempt, Instant next) {
        return entrance.whenOpen(open -> open.outcomes().retryAt(delivery, attempt, next));
    }

    @Override
    public Future<Void> dead(Delivery delivery, Attempt attempt, String reason) {
        return entrance.whenOpen(open -> open.outcomes().dead(delivery, attempt, reason));
    }

    @Override
    public Future<Void> coalesce(Delivery standing, List<Delivery> merged) {
        return entrance.whenOpen(open -> open.outcomes().coalesce(standing, merged));
    }

    @Override
    public DeliveryRecords records() {
        return records;
    }

    @Override
    public StoreStats stats() {
        return entrance.totals().stats(queueSize);
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
    public void forget(AppendListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Future<Void> close() {
        return lifecycle.close();
    }
}
