package io.cloudland.callback.cluster;

import java.util.BitSet;
import java.util.List;

/**
 * What a node has to claim and to let go so that all slots are owned and no node has more than its share. Pure: every node that
 * sees the same comes to shares that add up to all slots, and to claims that do not meet.
 *
 * @param claim free slots to ask for
 * @param release owned slots to let go
 */
record SlotShare(BitSet claim, BitSet release) {

    /** @param slots how many there are */
    static SlotShare of(NodeId node, LeaseView view, int slots) {
        List<NodeId> nodes = view.nodes().stream().sorted().toList();
        int before = 0;
        int missing = 0;
        for (int rank = 0; rank < nodes.size(); rank++) {
            int target = slots / nodes.size() + (rank < slots % nodes.size() ? 1 : 0);
            missing = target - view.slotsOf(nodes.get(rank)).cardinality();
            if (nodes.get(rank).equals(node)) {
                break;
            }
            before += Math.max(0, missing);
        }
        return new SlotShare(part(view.free(slots), before, missing), part(view.slotsOf(node), 0, -missing));
    }

    /** So many of them, after so many others. */
    private static BitSet part(BitSet of, int skipped, int count) {
        BitSet part = new BitSet();
        of.stream().skip(skipped).limit(Math.max(0, count)).forEach(part::set);
        return part;
    }
}
