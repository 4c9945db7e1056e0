package io.cloudland.callback.ingest.http;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** One request on its way to the back end, with a bounded copy of its body where it is one that executes a command. */
final class WatchedCall {

    private final boolean executes;
    private final boolean toHead;
    private final int mostBytes;
    private final CopyBudget budget;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(0);
    private boolean tooLong;
    private boolean sent;
    private boolean succeeded;
    private boolean told;

    /** @param mostBytes how long a body may be to be copied */
    WatchedCall(MessageHead head, int mostBytes, CopyBudget budget) {
        this.executes = head.asksFor("POST", PlatformRequest.PATH);
        this.toHead = head.hasMethod("HEAD");
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    boolean toHead() {
        return toHead;
    }

    void body(byte[] bytes, int from, int to) {
        if (!executes || tooLong) {
            return;
        }
        if (copy.size() + (to - from) > mostBytes || !budget.take(to - from)) {
            drop();
            tooLong = true;
        } else {
            copy.write(bytes, from, to - from);
        }
    }

    void sent() {
        sent = true;
    }

    void answered(int status) {
        succeeded = status >= 200 && status < 300;
    }

    /** Whether it executes a command and its answer is still to come. */
    boolean isAwaited() {
        return executes && !told && !succeeded;
    }

    /** Whether it is known now that the back end executed the command; says so once. */
    boolean isExecuted() {
        boolean now = executes && sent && succeeded && !told;
        told |= now;
        return now;
    }

    /** The body; empty where it was too long to be copied. */
    Optional<byte[]> body() {
        return tooLong ? Optional.empty() : Optional.of(copy.toByteArray());
    }

    /** Forgets the copy. */
    void drop() {
        budget.giveBack(copy.size());
        copy.reset();
    }
}
