package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The conditions that filters are made of: what is not given holds for everything. */
final class Matching {

    private Matching() {}

    static <T> boolean is(Optional<T> wanted, T value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }

    static boolean isOf(Optional<ResourceType> type, OptionalLong id, ResourceRef resource) {
        return is(type, resource.type()) && (id.isEmpty() || id.getAsLong() == resource.id());
    }

    static boolean isWithin(Optional<Instant> from, Optional<Instant> before, Instant time) {
        return (from.isEmpty() || !time.isBefore(from.get())) && (before.isEmpty() || time.isBefore(before.get()));
    }
}
