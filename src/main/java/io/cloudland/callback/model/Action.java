package io.cloudland.callback.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a command did to its resource, in the platform's words. */
public enum Action {
    CREATED,
    STATE_CHANGED,
    DELETED,
    MIGRATED,
    ATTACHED,
    DETACHED,
    RESIZED,
    CAPTURED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in events and configuration, for example {@code state_changed}. */
    public String wireName() {
        return wireName;
    }

    /** The action of that wire name, or empty. */
    public static Optional<Action> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(wireName))
                .findFirst();
    }
}
