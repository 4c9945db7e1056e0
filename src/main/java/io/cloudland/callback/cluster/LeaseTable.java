package io.cloudland.callback.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;

/**
 * Where the nodes of one service agree on who owns which slot: a table that all of them see. Each node has a row that it keeps
 * alive; a slot belongs to a node for as long as that row is there. Time is the table's alone, so that the nodes' clocks do not
 * matter.
 *
 * <p>May be called from any context; what it answers completes on any thread. Every call answers within a bounded time, shorter
 * than a lease.
 */
public interface LeaseTable {

    /**
     * Makes a row for {@code node}, that lives for {@code lease}, in place of any other node of the same name: that is the same
     * node before it was started anew, and what it had is free at once.
     */
    Future<Void> join(NodeId node, Duration lease);

    /**
     * Keeps the row of {@code node} alive for {@code lease} from now on, where it is still there; takes away the rows of those
     * whose time is up, and with them their slots; and tells how things stand, all in one.
     */
    Future<LeaseView> beat(NodeId node, Duration lease);

    /**
     * Gives {@code node} those of {@code slots} that nobody owns, each with a token greater than any before.
     *
     * @return slot → fencing token, of those that it got
     */
    Future<Map<Integer, Long>> claim(NodeId node, BitSet slots);

    /** Frees those of {@code slots} that {@code node} owns. */
    Future<Void> release(NodeId node, BitSet slots);

    /** Takes the row of {@code node} away, and frees all that it owns. */
    Future<Void> leave(NodeId node);
}
