package io.cloudland.callback.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which order an endpoint is sent the events of one resource. Different resources never wait for each other. */
public enum Ordering {
    /** One at a time, in sequence order; one that fails holds back the later ones. */
    RESOURCE,
    /** Each by itself: several may be under way at once, and one that fails holds back none. */
    NONE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the configuration, for example {@code resource}. */
    public String wireName() {
        return wireName;
    }

    /** The ordering of that name, or empty. */
    public static Optional<Ordering> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(ordering -> ordering.wireName.equals(wireName))
                .findFirst();
    }

    /** What waits in line together: deliveries of equal keys go one after the other, in order of acceptance. */
    public Object lineOf(Delivery delivery) {
        return this == NONE ? (Object) delivery.position() : delivery.resource();
    }
}
