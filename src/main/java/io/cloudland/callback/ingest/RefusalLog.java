package io.cloudland.callback.ingest;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refusals that somebody should look at, without flooding: the first of each code at WARN, the others counted.
 *
 * <p>Worth a look is a refusal that its sender cannot see, and every defect. May be called from any thread.
 */
final class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger("ingest");

    private final AtomicLong unanswered = new AtomicLong();
    private final Map<ErrorCode, AtomicLong> counts = new ConcurrentHashMap<>();

    void note(CallbackException refusal, boolean senderWasTold) {
        if (senderWasTold && refusal.code() != ErrorCode.INTERNAL) {
            log.debug("Refused a command, its sender was told: {}", refusal.getMessage());
            return;
        }
        if (counts.computeIfAbsent(refusal.code(), first -> new AtomicLong()).getAndIncrement() == 0) {
            log.warn(
                    "Refused a command, {}: {}. Further refusals with this code are counted, not logged.",
                    senderWasTold ? "its sender was told" : "its sender asked for no reply",
                    refusal.getMessage(),
                    refusal.getCause());
        }
    }

    /** An answer could not be sent. Its sender hears a timeout; what became of its command stands. */
    void unanswered(Throwable defect) {
        if (unanswered.getAndIncrement() == 0) {
            log.warn(
                    "An answer to a sender could not be sent; its command is accepted, ignored or refused as counted."
                            + " Further ones are counted, not logged.",
                    defect);
        }
    }

    /** At the end: how many were not logged one by one. */
    void close() {
        if (unanswered.get() > 1) {
            log.warn("{} answers could not be sent since the start; only the first was logged.", unanswered.get());
        }
        counts.forEach((code, count) -> {
            if (count.get() > 1) {
                log.warn(
                        "Refused {} commands with {} since the start; only the first was logged.", count, code.label());
            }
        });
    }
}
