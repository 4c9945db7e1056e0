package io.cloudland.callback.store.postgresql;

/**
 * Which fencing token this node holds for a slot. A store writes how a delivery ended only while the database still has that
 * token for the slot, so that a node that lost a slot and does not know it yet changes nothing.
 */
@FunctionalInterface
public interface Fence {

    /**
     * The token of the lease under which this node delivers the slot; any other number where it has none. Must return at once;
     * called on any thread.
     */
    long tokenOf(int slot);
}
