package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.DeadLetterFilter;
import io.cloudland.callback.model.Retention;
import io.cloudland.callback.store.LetGoLog;
import io.cloudland.callback.time.SteadyClock;
import io.cloudland.callback.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The dead letters that are kept, within their bounds, and the counts of all. Guarded by {@link Deliveries}. */
final class DeadLetters {

    /** What a letter takes in the heap beside its body and its times. */
    private static final int OVERHEAD_BYTES = 512;

    private static final int TIME_BYTES = 24;

    private final Retention bounds;
    private final SteadyClock clock;
    private final LetGoLog letGoLog;
    private final Deque<DeadLetter> newestFirst = new ArrayDeque<>();
    private long bytes;
    private long total;
    private long purged;
    private long letGo;

    DeadLetters(Retention bounds, SteadyClock clock, TimeSource time) {
        this.bounds = bounds;
        this.clock = clock;
        this.letGoLog = new LetGoLog(time);
    }

    void add(DeadLetter letter) {
        newestFirst.addFirst(letter);
        bytes += bytesOf(letter);
        total++;
        letGoTooOld();
        while (newestFirst.size() > bounds.maxDeadLetters()) {
            letGoOldest("callback.store.max_dead_letters");
        }
        while (bytes > bounds.deadLetterMaxBytes()) {
            letGoOldest("callback.store.dead_letter_max_bytes");
        }
    }

    private void letGoTooOld() {
        Duration maxAge = bounds.deadLetterMaxAge();
        Instant oldest = maxAge.isZero() ? Instant.MIN : clock.now().minus(maxAge);
        while (!newestFirst.isEmpty() && newestFirst.getLast().diedAt().isBefore(oldest)) {
            letGoOldest("callback.store.dead_letter_max_age");
        }
    }

    private void letGoOldest(String bound) {
        bytes -= bytesOf(newestFirst.removeLast());
        letGo++;
        letGoLog.letGo(1, bound);
    }

    private static long bytesOf(DeadLetter letter) {
        return OVERHEAD_BYTES
                + letter.delivery().payload().body().length
                + (long) TIME_BYTES * letter.attemptedAt().size();
    }

    List<DeadLetter> newest(DeadLetterFilter filter, int limit) {
        letGoTooOld();
        return newestFirst.stream().filter(filter::matches).limit(limit).toList();
    }

    long purge(DeadLetterFilter filter) {
        letGoTooOld();
        List<DeadLetter> matching = newestFirst.stream().filter(filter::matches).toList();
        take(matching);
        purged += matching.size();
        return matching.size();
    }

    /** Takes these out, to become something else. */
    void take(List<DeadLetter> letters) {
        Set<DeadLetter> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(letters);
        newestFirst.removeIf(gone::contains);
        letters.forEach(letter -> bytes -= bytesOf(letter));
    }

    /** How many ever died, those that are gone included. */
    long total() {
        return total;
    }

    long purged() {
        return purged;
    }

    long letGo() {
        return letGo;
    }

    int kept() {
        return newestFirst.size();
    }
}
