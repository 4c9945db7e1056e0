package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.KeptPart;
import java.util.Optional;

/** The end of a kept part that makes no event. While the database is away it waits, else the part would come back. */
final class InboxDrop extends Entry<Optional<KeptPart>> {

    private final KeptPart part;

    InboxDrop(KeptPart part) {
        this.part = part;
    }

    @Override
    Optional<KeptPart> part() {
        return Optional.of(part);
    }

    @Override
    void applyTo(View view) {
        if (view.inbox().holds(part)) {
            view.inbox().remove(part);
        }
    }

    @Override
    Optional<KeptPart> result() {
        return Optional.of(part);
    }

    @Override
    Patience.Kind patience() {
        return Patience.Kind.UNTIL_WRITTEN;
    }

    @Override
    public String toString() {
        return "the end of " + part;
    }
}
