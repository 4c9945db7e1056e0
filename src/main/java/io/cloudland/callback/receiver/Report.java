package io.cloudland.callback.receiver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The account of a receiver at one moment: received = unique + duplicate + rejected, always.
 *
 * @param received events that arrived, however they were answered
 * @param unique events answered 2xx for the first time
 * @param duplicate events answered 2xx again
 * @param outOfOrder unique events of which a later one of the same resource and epoch had been taken before
 * @param missing sequence numbers below the highest taken that nothing is known of, over all resources and epochs
 * @param rejected events not answered 2xx: faults, unreadable or oversized bodies, senders that left before the answer
 * @param chainBreaks events whose previous status is not the status of the event before, where both were taken
 * @param resources distinct resources among those taken
 * @param epochs distinct epochs among those taken
 * @param untracked unique events whose order was not followed, because there were too many resources
 * @param coalesced sequence numbers that were not taken, and that a newer event which was taken stands for
 */
public record Report(
        long received,
        long unique,
        long duplicate,
        long outOfOrder,
        long missing,
        long rejected,
        long chainBreaks,
        long resources,
        long epochs,
        long untracked,
        long coalesced) {

    /** One in which no event stands for others. */
    Report(
            long received,
            long unique,
            long duplicate,
            long outOfOrder,
            long missing,
            long rejected,
            long chainBreaks,
            long resources,
            long epochs,
            long untracked) {
        this(received, unique, duplicate, outOfOrder, missing, rejected, chainBreaks, resources, epochs, untracked, 0);
    }

    /** The counts under the names of {@code GET /report}, in its order. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("received", received);
        map.put("unique", unique);
        map.put("duplicate", duplicate);
        map.put("out_of_order", outOfOrder);
        map.put("missing", missing);
        map.put("coalesced", coalesced);
        map.put("rejected", rejected);
        map.put("chain_breaks", chainBreaks);
        map.put("resources", resources);
        map.put("epochs", epochs);
        map.put("untracked", untracked);
        return map;
    }
}
