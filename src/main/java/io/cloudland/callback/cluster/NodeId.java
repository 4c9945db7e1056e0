package io.cloudland.callback.cluster;

/**
 * One run of one node.
 *
 * @param name the node's, the same after a restart, another than any other node has
 * @param run different at each start: whoever ran under the name before may still be there, frozen
 */
public record NodeId(String name, String run) implements Comparable<NodeId> {

    private static final String BETWEEN = "#";

    /** What {@link #toString} made. */
    public static NodeId of(String text) {
        int between = text.lastIndexOf(BETWEEN);
        return new NodeId(text.substring(0, between), text.substring(between + BETWEEN.length()));
    }

    @Override
    public int compareTo(NodeId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name + BETWEEN + run;
    }
}
