package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Remembers that a command changed nothing, unless it is known already; not where there is no room, it is no event. */
final class SeenUnchanged extends AnsweredChange<AppendResult> {

    private final CommandKey key;
    private final Admission admission;
    private final Instant now;
    private AppendResult result = new AppendResult.Unchanged();

    SeenUnchanged(CommandKey key, Admission admission, Instant now) {
        this.key = key;
        this.admission = admission;
        this.now = now;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        result = new AppendResult.Unchanged();
        AppendResult earlier = batch.seen().earlier(Optional.of(key), now);
        if (earlier != null) {
            result = earlier;
        } else if (admission.hasRoom()) {
            batch.seen().remember(Optional.of(key), Optional.empty(), now);
        }
    }

    @Override
    AppendResult result() {
        return result;
    }

    @Override
    public String toString() {
        return "that nothing was changed by " + key;
    }
}
