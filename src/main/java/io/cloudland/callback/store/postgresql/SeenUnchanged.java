package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.CommandKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers that a command changed nothing, unless it is known already. */
final class SeenUnchanged extends Entry<AppendResult> {

    private final CommandKey key;
    private final Instant now;
    private AppendResult result = new AppendResult.Unchanged();

    SeenUnchanged(CommandKey key, Instant now) {
        this.key = key;
        this.now = now;
    }

    @Override
    List<CommandKey> keys() {
        return List.of(key);
    }

    @Override
    void applyTo(View view) {
        Optional<AppendResult> earlier = view.seen().earlier(key, now);
        result = earlier.orElseGet(AppendResult.Unchanged::new);
        if (earlier.isEmpty()) {
            view.seen().remember(key, Optional.empty(), now);
        }
    }

    @Override
    AppendResult result() {
        return result;
    }

    @Override
    public String toString() {
        return "that nothing was changed by " + key;
    }
}
