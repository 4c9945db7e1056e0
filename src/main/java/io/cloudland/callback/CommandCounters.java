package io.cloudland.callback;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.observe.CommandListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of commands, for {@link CallbackStats}. Any thread. */
final class CommandCounters implements CommandListener {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder keptRefused = new LongAdder();

    @Override
    public void accepted(int events) {
        accepted.increment();
    }

    @Override
    public void ignored(String reason) {
        ignored.increment();
    }

    @Override
    public void refused(ErrorCode code) {
        refused.increment();
    }

    @Override
    public void keptRefused(ErrorCode code) {
        keptRefused.increment();
    }

    long keptRefusedCount() {
        return keptRefused.sum();
    }

    long acceptedCount() {
        return accepted.sum();
    }

    long ignoredCount() {
        return ignored.sum();
    }

    long refusedCount() {
        return refused.sum();
    }
}
