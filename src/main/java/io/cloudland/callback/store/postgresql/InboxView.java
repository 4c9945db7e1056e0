package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The kept commands of this node, as of one transaction and the entries before in it. */
final class InboxView {

    /** Which part of which command. */
    record Place(long arrival, int index) {
        static Place of(KeptPart part) {
            return new Place(part.arrival(), part.index());
        }
    }

    private final Set<Place> held;
    private final List<KeptCommand> kept = new ArrayList<>();
    private final List<Place> removed = new ArrayList<>();

    InboxView(Set<Place> held) {
        this.held = new HashSet<>(held);
    }

    boolean holds(KeptPart part) {
        return held.contains(Place.of(part));
    }

    void keep(KeptCommand command) {
        kept.add(command);
        command.parts().forEach(part -> held.add(Place.of(part)));
    }

    /** Takes a part out that it holds. */
    void remove(KeptPart part) {
        held.remove(Place.of(part));
        removed.add(Place.of(part));
    }

    List<KeptCommand> kept() {
        return kept;
    }

    List<Place> removed() {
        return removed;
    }

    /** How many parts there are more than before. */
    long growth() {
        return kept.stream().mapToLong(command -> command.parts().size()).sum() - removed.size();
    }
}
