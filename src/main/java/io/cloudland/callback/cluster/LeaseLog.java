package io.cloudland.callback.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators how a node fares among the others: failures once, then counted. Confined to its owner's context. */
final class LeaseLog {

    private static final Logger log = LoggerFactory.getLogger("cluster");

    private final String node;
    private final Duration lease;
    private Set<String> nodes = Set.of();
    private long failures;
    private boolean replaced;

    LeaseLog(NodeId node, Duration lease) {
        this.node = node.name();
        this.lease = lease;
    }

    /** Tells who came and who went; what a node that is gone still has to do by itself, an operator must know. */
    void nodes(Set<NodeId> now) {
        Set<String> names = now.stream().map(NodeId::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> gone = new TreeSet<>(nodes);
        gone.removeAll(names);
        if (!gone.isEmpty()) {
            log.warn(
                    "nodes {} are gone, stopped or dead; {} share their slots now, and what they kept for want of a lookup",
                    gone,
                    names);
        } else if (!names.equals(nodes)) {
            log.info("the nodes are {} now", names);
        }
        nodes = names;
    }

    void took(int count, int owned) {
        log.info("node {} took {} slots and owns {} now", node, count, owned);
    }

    void letGo(int count, int owned) {
        log.info("node {} let go {} slots for others and owns {} now", node, count, owned);
    }

    void buried() {
        log.warn(
                "node {} did not renew its lease of {} s in time, so others may have taken its slots. What it had under way may"
                        + " reach the endpoint twice",
                node,
                lease.toSeconds());
    }

    void replaced() {
        if (!replaced) {
            replaced = true;
            log.warn(
                    "node {} was started anew somewhere else, or another node has the same callback.store.node: this one"
                            + " delivers nothing until the other is gone. It still takes commands. Stop it, or give it a name"
                            + " of its own",
                    node);
        }
    }

    void joined() {
        replaced = false;
    }

    void failed(Throwable failure) {
        if (failures++ == 0) {
            log.warn(
                    "node {} cannot renew its lease: {}; it tries again, and starts nothing new once the lease of {} s has"
                            + " run out",
                    node,
                    failure.getMessage(),
                    lease.toSeconds());
        }
    }

    void succeeded() {
        if (failures > 0) {
            log.info("node {} renews its lease again, after {} failures", node, failures);
            failures = 0;
        }
    }

    void notLeft(Throwable failure) {
        log.warn(
                "node {} could not give its slots back: {}; others take them when its lease of {} s has run out",
                node,
                failure.getMessage(),
                lease.toSeconds());
    }
}
