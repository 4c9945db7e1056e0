package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.AppendListeners;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Tells listeners of what other nodes have kept: by notification, and where one got lost, by the poll that compares the last
 * position of each slot with the one last heard of. Confined to the writer's context.
 */
final class Wakeup {

    private static final String NOTIFY = "select pg_notify($1, $2)";
    private static final String POLL = "select slot, last_position from slot_order";

    private final String channel;
    private final AppendListeners listeners;
    private final String me;

    private final long[] heardOf = new long[ResourceRef.SLOTS];

    /** @param me whose notifications are our own */
    Wakeup(String channel, String me, AppendListeners listeners) {
        this.me = me;
        this.channel = channel;
        this.listeners = listeners;
        Arrays.fill(heardOf, -1);
    }

    /** Sends, with the commit, which slots have something new up to which position. */
    void notify(Statements statements, SortedMap<Integer, Long> lastPositions) {
        if (!lastPositions.isEmpty()) {
            statements.send(NOTIFY, Tuple.of(channel, payload(lastPositions)));
        }
    }

    /** At most 256 slots with one position: some 2 kB of the 8 kB that a notification may take. */
    private String payload(SortedMap<Integer, Long> lastPositions) {
        long least =
                lastPositions.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return lastPositions.entrySet().stream()
                .map(entry -> entry.getKey() + "+" + (entry.getValue() - least))
                .collect(Collectors.joining(" ", me + " " + least + " ", ""));
    }

    /** A notification of this node's or another's. */
    void notified(String payload) {
        String[] words = payload.split(" ", -1);
        if (words.length < 3 || words[0].equals(me)) {
            return;
        }
        long least = Long.parseLong(words[1]);
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            int plus = word.indexOf('+');
            heard(Integer.parseInt(word.substring(0, plus)), least + Long.parseLong(word.substring(plus + 1)));
        }
    }

    private void heard(int slot, long position) {
        if (position > heardOf[slot]) {
            heardOf[slot] = position;
            listeners.tell(slot);
        }
    }

    /** After a commit of this node: these have something new. */
    void committed(Collection<Integer> slots) {
        slots.forEach(listeners::tell);
    }

    /** Looks for what nobody has told of. */
    Future<Void> poll(SqlClient client) {
        return client.preparedQuery(POLL).execute().map(this::compare).mapEmpty();
    }

    private boolean compare(RowSet<Row> slots) {
        for (Row row : slots) {
            heard(row.getInteger(0), row.getLong(1));
        }
        return true;
    }
}
