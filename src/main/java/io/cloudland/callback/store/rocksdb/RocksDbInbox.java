package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.util.List;

/** The {@link Inbox} of a {@link RocksDbEventStore}; its writer and reader do the work. */
final class RocksDbInbox implements Inbox {

    private final RocksDbEventStore store;
    private final Admission admission;
    private final TimeSource time;

    RocksDbInbox(RocksDbEventStore store, Admission admission, TimeSource time) {
        this.store = store;
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Future<List<AppendResult>> keep(KeptCommand command) {
        return store.whenOpen(open -> {
            InboxKeep keep = new InboxKeep(command, admission, time.now());
            open.writer().submit(keep);
            return keep.answer().future();
        });
    }

    @Override
    public Future<List<KeptCommand>> after(long afterArrival, int limit) {
        return store.whenOpen(open -> open.reader()
                .read("the kept commands", () -> new InboxReader(open.store().database()).after(afterArrival, limit)));
    }

    @Override
    public Future<Void> drop(KeptPart part) {
        return store.whenOpen(open -> {
            InboxDrop drop = new InboxDrop(part);
            open.writer().submit(drop);
            return drop.answer().future();
        });
    }

    @Override
    public long lastArrival() {
        return store.inboxSize().map(InboxSize::lastArrival).orElse(0L);
    }

    @Override
    public long size() {
        return store.inboxSize().map(InboxSize::get).orElse(0L);
    }
}
