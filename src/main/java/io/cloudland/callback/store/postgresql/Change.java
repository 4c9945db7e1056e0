package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.List;

/** Something that a caller wants written. Made on any thread, from then on confined to the {@link Writer}. */
abstract class Change {

    /** Whether it waits in memory while the database is away; else its caller is told at once and may come again. */
    boolean isKeptUntilWritten() {
        return false;
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
        String happens = isKeptUntilWritten()
                ? "nothing was changed by it"
                : "it counts as not accepted, send it again later; with an id it makes no second event";
        failed(new CallbackException(
                ErrorCode.STORE_FAILED,
                "the store could not write " + this + ": " + SqlFailure.reason(cause) + "; " + happens,
                cause));
    }
}
