package io.cloudland.callback.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which values of one property are wanted.
 *
 * @param wanted one of these is asked for; where there is none, any value will do, even a missing one
 * @param unwanted none of these may it be
 */
public record Choice<T>(Set<T> wanted, Set<T> unwanted) {

    public Choice {
        wanted = Collections.unmodifiableSet(new LinkedHashSet<>(wanted));
        unwanted = Collections.unmodifiableSet(new LinkedHashSet<>(unwanted));
    }

    /** Takes everything. */
    public static <T> Choice<T> any() {
        return new Choice<>(Set.of(), Set.of());
    }

    /** Whether everything is taken. */
    public boolean isAny() {
        return wanted.isEmpty() && unwanted.isEmpty();
    }
}
