package io.cloudland.callback.ingest.http;

import java.util.concurrent.atomic.LongAdder;

/** What came of the commands that passed through the proxy, since the start. Any thread. */
public final class HttpIngestCounts {

    private final LongAdder executed = new LongAdder();
    private final LongAdder unaccepted = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder unread = new LongAdder();

    void commandExecuted() {
        executed.increment();
    }

    void commandUnaccepted() {
        unaccepted.increment();
    }

    void commandLost() {
        lost.increment();
    }

    void connectionUnread() {
        unread.increment();
    }

    /** Requests that the back end executed. */
    public long executed() {
        return executed.sum();
    }

    /** Commands of them that were not taken in, whether they were kept for repair or not. */
    public long unaccepted() {
        return unaccepted.sum();
    }

    /** Those of them that could not even be kept: the command is in the log, if anywhere. */
    public long lost() {
        return lost.sum();
    }

    /** Connections of which something could not be read, so that commands on them may have been missed. */
    public long unread() {
        return unread.sum();
    }
}
