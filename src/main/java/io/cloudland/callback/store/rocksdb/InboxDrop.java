package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.KeptPart;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** The end of a kept part that makes no event. Where the store cannot write it waits, else the part would come back. */
final class InboxDrop extends AnsweredChange<Void> {

    private final KeptPart part;

    InboxDrop(KeptPart part) {
        this.part = part;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        if (batch.inbox().holds(part)) {
            batch.inbox().remove(part);
        }
    }

    @Override
    @Nullable
    Void result() {
        return null;
    }

    @Override
    public boolean isKeptUntilWritten() {
        return true;
    }

    @Override
    public String toString() {
        return "the end of " + part;
    }
}
