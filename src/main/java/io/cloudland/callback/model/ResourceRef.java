package io.cloudland.callback.model;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a resource: its type and its numeric id. The uuid is an attribute, not part of it.
 *
 * @param id the platform's database id, 1 or more
 */
public record ResourceRef(ResourceType type, long id) {

    public ResourceRef {
        if (id < 1) {
            throw new IllegalArgumentException("resource id must be 1 or more, was " + id);
        }
    }

    /** How many slots the resources are spread over, for order and, in a cluster, for ownership. */
    public static final int SLOTS = 256;

    /** The slot of this resource, 0 to 255. It is stored and shared between nodes: it may never change for a resource. */
    public int slot() {
        // A fixed mix of wire name and id; hashCode of an enum would differ from run to run.
        long mixed = (type.wireName().hashCode() * 31L + id) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 56);
    }

    // By hand: what a record derives costs several times as much, and resources are looked up ten times for each
    // delivery.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceRef that && id == that.id && type == that.type;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(id) + type.hashCode();
    }

    /** As it stands in messages and logs, for example {@code instance/127}. */
    @Override
    public String toString() {
        return type.wireName() + "/" + id;
    }
}
