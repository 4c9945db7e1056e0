package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.List;

/** Something that a caller wants written. Made on any thread, from then on confined to the {@link Writer}. */
abstract class Change {

    private long sinceNanos;

    /** Notes when it was called. */
    final void beginsAt(long nanos) {
        sinceNanos = nanos;
    }

    final long sinceNanos() {
        return sinceNanos;
    }

    /** For how long it waits in memory for a database that is away, before its caller is told and may come again. */
    Patience.Kind patience() {
        return Patience.Kind.NONE;
    }

    /** The deliveries that it changes: no two changes of one go into the same transaction. */
    List<End.Place> ends() {
        return List.of();
    }

    /** It may have been committed already, as the answer got lost: it has to do no harm when it is written again. */
    void mayBeWritten() {}

    /** Tells the caller, after the commit. */
    abstract void committed();

    abstract void failed(Throwable failure);

    /** Fails it because of the database. */
    final void notWritten(Throwable cause) {
        failed(new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store could not write " + this + ": " + SqlFailure.reason(cause) + "; " + whatNow(),
                cause));
    }

    /** For the caller of one that was not written: completes a sentence. */
    String whatNow() {
        return "nothing was changed by it";
    }
}
