package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** A command that is to be kept for later, but for the parts of it that are known from before. */
final class InboxKeep extends AnsweredChange<List<AppendResult>> {

    private final KeptCommand command;
    private final Admission admission;
    private final Instant now;
    private List<AppendResult> results = List.of();

    InboxKeep(KeptCommand command, Admission admission, Instant now) {
        this.command = command;
        this.admission = admission;
        this.now = now;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        List<AppendResult> told = new ArrayList<>();
        List<KeptPart> fresh = new ArrayList<>();
        for (KeptPart part : command.parts()) {
            AppendResult earlier = batch.seen().earlier(part.key(), now);
            told.add(earlier == null ? new AppendResult.Kept(part.eventId()) : earlier);
            if (earlier == null) {
                fresh.add(part);
            }
        }
        if (!fresh.isEmpty()) {
            admission.checkKeep(command.command().name(), batch.claimed(), fresh.size());
            keep(batch, fresh);
        }
        results = told;
    }

    private void keep(Batch batch, List<KeptPart> fresh) throws RocksDBException {
        batch.inbox().keep(command.arrival(), command.command(), fresh);
        for (KeptPart part : fresh) {
            batch.seen().remember(part.key(), Optional.of(part.eventId()), now);
        }
    }

    @Override
    List<AppendResult> result() {
        return results;
    }

    @Override
    public String toString() {
        return "command " + command.command().name() + ", to be kept for later,";
    }
}
