package io.cloudland.callback.store.memory;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commands with an id led to, for a window of time and in a bounded number: the oldest are forgotten first. Guarded by
 * the store's lock for appends.
 */
final class SeenKeys {

    static final int MOST = 100_000;

    private static final AppendResult UNCHANGED = new AppendResult.Unchanged();

    private record Seen(AppendResult result, Instant at) {}

    private final Duration window;
    private final Map<CommandKey, Seen> oldestFirst = new LinkedHashMap<>();

    /** @param window zero for no memory at all */
    SeenKeys(Duration window) {
        this.window = window;
    }

    /** What that key led to within the window before now, or null. */
    @Nullable
    AppendResult get(CommandKey key, Instant now) {
        Seen seen = oldestFirst.get(key);
        return seen != null && isFresh(seen, now) ? seen.result() : null;
    }

    private boolean isFresh(Seen seen, Instant now) {
        return seen.at().plus(window).isAfter(now);
    }

    void putEvent(CommandKey key, EventId event, Instant now) {
        put(key, new AppendResult.Duplicate(event), now);
    }

    void putUnchanged(CommandKey key, Instant now) {
        put(key, UNCHANGED, now);
    }

    private void put(CommandKey key, AppendResult result, Instant now) {
        if (window.isZero()) {
            return;
        }
        oldestFirst.remove(key); // Else it would keep its old place.
        oldestFirst.put(key, new Seen(result, now));
        forgetOldest(now);
    }

    private void forgetOldest(Instant now) {
        Iterator<Seen> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext()) {
            boolean tooMany = oldestFirst.size() > MOST;
            if (isFresh(oldest.next(), now) && !tooMany) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return oldestFirst.size();
    }
}
