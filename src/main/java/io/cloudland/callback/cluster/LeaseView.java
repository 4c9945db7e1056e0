package io.cloudland.callback.cluster;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/**
 * How the slots were shared at one moment.
 *
 * @param nodes whose rows are there
 * @param owners slot → the node that owns it; a slot that nobody owns is not in it
 * @param tokens slot → the fencing token of its newest owner
 */
public record LeaseView(Set<NodeId> nodes, Map<Integer, NodeId> owners, Map<Integer, Long> tokens) {

    /** A view of these; copies them. */
    public LeaseView {
        nodes = Set.copyOf(nodes);
        owners = Map.copyOf(owners);
        tokens = Map.copyOf(tokens);
    }

    /** Whether the node's row is there. */
    boolean knows(NodeId node) {
        return nodes.contains(node);
    }

    /** Whether the node was started anew elsewhere: another run of its name has a row. */
    boolean isReplaced(NodeId node) {
        return !knows(node) && nodes.stream().anyMatch(other -> other.name().equals(node.name()));
    }

    BitSet slotsOf(NodeId node) {
        BitSet slots = new BitSet();
        owners.forEach((slot, owner) -> {
            if (owner.equals(node)) {
                slots.set(slot);
            }
        });
        return slots;
    }

    BitSet free(int slots) {
        BitSet free = new BitSet();
        free.set(0, slots);
        owners.keySet().forEach(free::clear);
        return free;
    }
}
