package io.cloudland.callback.store.rocksdb;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.store.KeptPart;
import org.rocksdb.RocksDBException;

/** The end of a kept part that makes no event. Where the store cannot write it waits, else the part would come back. */
final class InboxDrop implements Change {

    private final KeptPart part;
    private final Answer<Void> answer = new Answer<>();

    InboxDrop(KeptPart part) {
        this.part = part;
    }

    Answer<Void> answer() {
        return answer;
    }

    @Override
    public void applyTo(Batch batch) throws RocksDBException {
        if (batch.inbox().holds(part)) {
            batch.inbox().remove(part);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // Void has no other value.
    public void committed(Answers answers) {
        answers.succeed(answer, null);
    }

    @Override
    public void failed(CallbackException failure, Answers answers) {
        answers.fail(answer, failure);
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
