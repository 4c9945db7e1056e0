package io.cloudland.callback.ingest;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.observe.CommandListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener and survives one that throws: a sender's answer must not hang on who counts. Any thread. */
final class GuardedListener implements CommandListener {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    private final CommandListener listener;
    private final AtomicBoolean reported = new AtomicBoolean();

    GuardedListener(CommandListener listener) {
        this.listener = listener;
    }

    @Override
    public void accepted(int events) {
        try {
            listener.accepted(events);
        } catch (RuntimeException | Error defect) {
            report(defect);
        }
    }

    @Override
    public void ignored(String reason) {
        try {
            listener.ignored(reason);
        } catch (RuntimeException | Error defect) {
            report(defect);
        }
    }

    @Override
    public void refused(ErrorCode code) {
        try {
            listener.refused(code);
        } catch (RuntimeException | Error defect) {
            report(defect);
        }
    }

    private void report(Throwable defect) {
        if (!reported.getAndSet(true)) {
            log.warn(
                    "A command listener threw; commands are answered all the same. Further throws are not logged",
                    defect);
        }
    }
}
