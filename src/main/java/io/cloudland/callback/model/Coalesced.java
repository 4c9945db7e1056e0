package io.cloudland.callback.model;

/**
 * What a delivery stands for beside its own event: older events of its resource that the endpoint does not get any more.
 *
 * @param count how many those are; 0 for none
 * @param from the sequence of the first of them; 0 for none
 */
public record Coalesced(long count, long from) {

    /** Nothing but its own event. */
    public static final Coalesced NOTHING = new Coalesced(0, 0);

    public Coalesced {
        if (count < 0 || (count == 0) != (from == 0)) {
            throw new IllegalArgumentException("no events can be " + count + " from #" + from);
        }
    }

    public boolean isNothing() {
        return count == 0;
    }

    /** With a delivery more, and with all that one stood for. */
    public Coalesced and(Delivery merged) {
        Coalesced before = merged.coalesced();
        long first = before.isNothing() ? merged.event().sequence() : before.from();
        return new Coalesced(count + 1 + before.count(), isNothing() ? first : Math.min(from, first));
    }
}
