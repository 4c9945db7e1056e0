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

    private final Entrance entrance;
    private final Admission admission;
    private final TimeSource time;

    RocksDbInbox(Entrance entrance, Admission admission, TimeSource time) {
        this.entrance = entrance;
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Future<List<AppendResult>> keep(KeptCommand command) {
        return entrance.whenOpen(open -> {
            InboxKeep keep = new InboxKeep(command, admission, time.now());
            open.writer().submit(keep);
            return keep.answer().future();
        });
    }

    @Override
    public Future<List<KeptCommand>> after(long afterArrival, int limit) {
        return entrance.whenOpen(open -> open.reader()
                .read("the kept commands", () -> new InboxReader(open.store().database()).after(afterArrival, limit)));
    }

    @Override
    public Future<Void> drop(KeptPart part) {
        return entrance.whenOpen(open -> {
            InboxDrop drop = new InboxDrop(part);
            open.writer().submit(drop);
            return drop.answer().future();
        });
    }

    @Override
    public long lastArrival() {
        return entrance.inboxSize().map(InboxSize::lastArrival).orElse(0L);
    }

    @Override
    public long size() {
        return entrance.inboxSize().map(InboxSize::get).orElse(0L);
    }
}
