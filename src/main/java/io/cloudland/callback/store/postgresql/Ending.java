package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.Future;

/** A change that only the owner of a slot may make. While the database is away it waits. */
abstract class Ending extends Change {

    private final Answer<Boolean> answer = new Answer<>();
    private final int slot;
    private final long token;
    private boolean uncertain;
    private boolean leaseLost;

    /** @param token what the caller holds the slot by */
    Ending(int slot, long token) {
        this.slot = slot;
        this.token = token;
    }

    final short slot() {
        return (short) slot;
    }

    final long token() {
        return token;
    }

    final Future<Void> future() {
        return answer.future().mapEmpty();
    }

    /** @param held the token that the database has; where it is another, nothing was written */
    final void checkLease(long held) {
        leaseLost = held != token;
    }

    final boolean isLeaseLost() {
        return leaseLost;
    }

    /** Whether it may have taken effect in a commit whose answer got lost. */
    final boolean isUncertain() {
        return uncertain;
    }

    @Override
    final Patience.Kind patience() {
        return Patience.Kind.UNTIL_WRITTEN;
    }

    @Override
    final void mayBeWritten() {
        uncertain = true;
    }

    @Override
    final void committed() {
        if (leaseLost) {
            answer.fail(new CallbackException(
                    ErrorCode.LEASE_LOST,
                    this + " was not written, because slot " + slot
                            + " has gone to another node, which delivers it from here on"));
        } else {
            answer.succeed(true);
        }
    }

    @Override
    final void failed(Throwable failure) {
        answer.fail(failure);
    }
}
