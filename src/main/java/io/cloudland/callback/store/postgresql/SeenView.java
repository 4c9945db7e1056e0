package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What commands with an id led to, as of one transaction and the entries before in it. */
final class SeenView {

    private final Duration window;
    private final Map<String, Seen> known = new HashMap<>();
    /** In the order of the keys, so that two nodes write in the same order. */
    private final Map<String, Seen> added = new TreeMap<>();

    /** @param window zero for no memory at all */
    SeenView(Duration window, List<Seen> found) {
        this.window = window;
        found.forEach(seen -> known.put(seen.key(), seen));
    }

    /** What that key led to within the window before now. */
    Optional<AppendResult> earlier(CommandKey key, Instant now) {
        return Optional.ofNullable(known.get(Seen.keyOf(key)))
                .filter(seen -> seen.at().plus(window).isAfter(now))
                .map(Seen::asResult);
    }

    /** @param eventId empty where the command changed nothing */
    void remember(CommandKey key, Optional<EventId> eventId, Instant now) {
        if (window.isZero()) {
            return;
        }
        Seen seen = new Seen(Seen.keyOf(key), now, eventId);
        known.put(seen.key(), seen);
        added.put(seen.key(), seen);
    }

    List<Seen> added() {
        return List.copyOf(added.values());
    }
}
