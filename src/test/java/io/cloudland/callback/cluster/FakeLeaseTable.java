package io.cloudland.callback.cluster;

import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A lease table in memory. */
final class FakeLeaseTable implements LeaseTable {

    private final TimeSource time;
    private final int slots;
    private final Map<NodeId, Long> expiries = new TreeMap<>();
    private final Map<Integer, NodeId> owners = new HashMap<>();
    private final Map<Integer, Long> tokens = new HashMap<>();

    FakeLeaseTable(TimeSource time, int slots) {
        this.time = time;
        this.slots = slots;
        for (int slot = 0; slot < slots; slot++) {
            tokens.put(slot, 1L);
        }
    }

    long tokenOf(int slot) {
        return tokens.get(slot);
    }

    private static <T> Future<T> answer(Supplier<T> change) {
        return Future.succeededFuture(change.get());
    }

    @Override
    public Future<Void> join(NodeId node, Duration lease) {
        return answer(() -> {
            expiries.keySet().removeIf(other -> other.name().equals(node.name()));
            owners.values().removeIf(other -> other.name().equals(node.name()));
            expiries.put(node, time.nanoTime() + lease.toNanos());
            return null;
        });
    }

    @Override
    public Future<LeaseView> beat(NodeId node, Duration lease) {
        return answer(() -> {
            expiries.computeIfPresent(node, (name, before) -> time.nanoTime() + lease.toNanos());
            expiries.values().removeIf(expiry -> expiry < time.nanoTime());
            owners.values().removeIf(owner -> !expiries.containsKey(owner));
            return new LeaseView(expiries.keySet(), owners, tokens);
        });
    }

    @Override
    public Future<Map<Integer, Long>> claim(NodeId node, BitSet wanted) {
        return answer(() -> {
            Map<Integer, Long> got = new HashMap<>();
            wanted.stream()
                    .filter(slot -> slot < slots && expiries.containsKey(node) && !owners.containsKey(slot))
                    .forEach(slot -> {
                        owners.put(slot, node);
                        got.put(slot, tokens.merge(slot, 1L, Long::sum));
                    });
            return got;
        });
    }

    @Override
    public Future<Void> release(NodeId node, BitSet released) {
        return answer(() -> {
            released.stream().forEach(slot -> owners.remove(slot, node));
            return null;
        });
    }

    @Override
    public Future<Void> leave(NodeId node) {
        return answer(() -> {
            expiries.remove(node);
            owners.values().removeIf(node::equals);
            return null;
        });
    }
}
