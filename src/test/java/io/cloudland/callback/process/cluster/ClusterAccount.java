package io.cloudland.callback.process.cluster;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.receiver.Arrival;
import io.cloudland.callback.receiver.ArrivalListener;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the senders were told, held against what the receiver took. Any thread. */
final class ClusterAccount implements ArrivalListener {

    /** The events of one resource that were taken, by sequence. */
    private static final class History {
        private final TreeMap<Long, Arrival> taken = new TreeMap<>();
    }

    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, History> histories = new HashMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private final List<String> late = new ArrayList<>();
    private long sent;
    private long outOfOrder;
    private long duplicates;

    /**
     * The figures of one moment.
     *
     * @param failures of commands that were not acknowledged, by error code or exception
     * @param lost acknowledged, and never taken by the receiver
     * @param outOfOrder taken for the first time after a later one of the same resource
     * @param duplicates taken again
     * @param lateDuplicates those among them that came after a later one of the same resource had been taken
     * @param gaps sequence numbers below the highest of a resource that never came
     * @param chainBreaks events whose previous status is not that of the event before
     */
    record Figures(
            long sent,
            long acknowledged,
            Map<String, Long> failures,
            long taken,
            long lost,
            long outOfOrder,
            long duplicates,
            long lateDuplicates,
            long gaps,
            long chainBreaks) {}

    synchronized void sent() {
        sent++;
    }

    synchronized void acknowledged(JsonArray ids) {
        ids.forEach(id -> acknowledged.add((String) id));
    }

    synchronized void failed(Throwable failure) {
        failures.merge(name(failure), 1L, Long::sum);
    }

    private static String name(Throwable failure) {
        if (failure instanceof CallbackException told) {
            return told.code().name();
        }
        return failure instanceof ReplyException reply
                ? Stream.of(ErrorCode.values())
                        .filter(code -> code.number() == reply.failureCode())
                        .findFirst()
                        .map(Enum::name)
                        .orElse("reply " + reply.failureCode())
                : failure.getClass().getSimpleName();
    }

    @Override
    public void arrived(Arrival arrival, byte[] body) {}

    @Override
    public synchronized void taken(Arrival arrival) {
        History history = histories.computeIfAbsent(arrival.resource().orElseThrow(), resource -> new History());
        boolean isLate = !history.taken.isEmpty() && history.taken.lastKey() > arrival.sequence();
        if (taken.add(arrival.webhookId().orElseThrow())) {
            outOfOrder += isLate ? 1 : 0;
            history.taken.put(arrival.sequence(), arrival);
        } else {
            duplicates++;
            if (isLate) {
                late.add(arrival.resource().orElseThrow() + " " + arrival.sequence() + " after "
                        + history.taken.lastKey());
            }
        }
    }

    synchronized Figures figures() {
        return new Figures(
                sent,
                acknowledged.size(),
                Map.copyOf(failures),
                taken.size(),
                acknowledged.stream().filter(id -> !taken.contains(id)).count(),
                outOfOrder,
                duplicates,
                late.size(),
                histories.values().stream().mapToLong(ClusterAccount::gaps).sum(),
                histories.values().stream()
                        .mapToLong(ClusterAccount::chainBreaks)
                        .sum());
    }

    /** The repetitions that came after a newer event of their resource, in the order in which they came. */
    synchronized List<String> late() {
        return List.copyOf(late);
    }

    private static long gaps(History history) {
        return history.taken.lastKey() - history.taken.size();
    }

    private static long chainBreaks(History history) {
        return history.taken.values().stream()
                .filter(event -> history.taken.containsKey(event.sequence() - 1))
                .filter(event -> !event.previousStatus()
                        .equals(history.taken.get(event.sequence() - 1).status()))
                .count();
    }
}
