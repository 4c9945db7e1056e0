package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.EventId;
import io.cloudland.callback.store.AppendResult;
import io.cloudland.callback.store.Inbox;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Inbox} of a {@link PostgresEventStore}: the commands that this node keeps. */
final class PostgresInbox implements Inbox {

    private static final Logger log = LoggerFactory.getLogger("store");

    private static final String AFTER = """
            select c.arrival, c.command, p.part, p.event_id
            from (select * from inbox_command where node = $1 and arrival > $2 order by arrival limit $3) c
            join inbox_part p on p.node = c.node and p.arrival = c.arrival
            order by c.arrival, p.part""";

    /**
     * Moves whole commands of nodes that have no lease, in one statement. Two that do so at once share them: the locks of one are
     * passed over by the other. A number that an earlier try has used stays used.
     */
    private static final String ADOPT = """
            with mine as (
              select count(*) as taken from inbox_command where node = $1 and arrival >= $2 and arrival < $2 + $3::bigint),
            orphans as (
              select node, arrival from inbox_command c
              where node <> $1 and not exists (select from cluster_node n where n.name = c.node)
              order by arrival, node limit (select $3::bigint - taken from mine)
              for update skip locked),
            numbered as (
              select o.node, o.arrival, $2::bigint + mine.taken + row_number() over (order by o.arrival, o.node) - 1 as number
              from orphans o cross join mine),
            parts as (
              update inbox_part p set node = $1, arrival = n.number
              from numbered n where p.node = n.node and p.arrival = n.arrival)
            update inbox_command c set node = $1, arrival = n.number
            from numbered n where c.node = n.node and c.arrival = n.arrival
            returning c.arrival""";

    private final Entrance entrance;
    private final PostgresSettings settings;
    private final TimeSource time;

    PostgresInbox(Entrance entrance, PostgresSettings settings, TimeSource time) {
        this.entrance = entrance;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public Future<List<AppendResult>> keep(KeptCommand command) {
        return entrance.whenOpen(rooms -> {
            InboxKeep keep = new InboxKeep(command, time.now());
            rooms.writer().submit(keep);
            return keep.answer().future();
        });
    }

    @Override
    public Future<List<KeptCommand>> after(long afterArrival, int limit) {
        return entrance.whenOpen(rooms -> rooms.reads()
                .list("the kept commands", AFTER, Tuple.of(settings.node(), afterArrival, (long) limit), row -> row)
                .map(PostgresInbox::commands));
    }

    @Override
    public Future<List<KeptCommand>> adopt(long firstArrival, int limit) {
        Tuple parameters = Tuple.of(settings.node(), firstArrival, (long) limit);
        return entrance.whenOpen(rooms -> {
                    Job<Integer> move = new Job<>(
                            "that this node keeps what nodes that are gone had kept",
                            connection -> connection
                                    .preparedQuery(ADOPT)
                                    .execute(parameters)
                                    .map(SqlResult::rowCount));
                    rooms.writer().submit(move);
                    return move.future();
                })
                .compose(moved -> after(firstArrival - 1, limit))
                .map(found -> found.stream()
                        .filter(command -> command.arrival() < firstArrival + limit)
                        .toList());
    }

    private static List<KeptCommand> commands(List<Row> rows) {
        Map<Long, List<Row>> byArrival = new TreeMap<>();
        rows.forEach(row -> byArrival
                .computeIfAbsent(row.getLong(0), arrival -> new ArrayList<>())
                .add(row));
        List<KeptCommand> commands = new ArrayList<>();
        byArrival.forEach((arrival, parts) -> read(arrival, parts).ifPresent(commands::add));
        return commands;
    }

    private static Optional<KeptCommand> read(long arrival, List<Row> parts) {
        try {
            CommandMessage command = CommandJson.decode(parts.get(0).getJsonObject(1));
            return Optional.of(new KeptCommand(
                    arrival,
                    command,
                    parts.stream().map(row -> part(arrival, row)).toList()));
        } catch (RuntimeException unreadable) {
            log.warn(
                    "The kept command {} cannot be read: {}; it is left where it is, its row is in inbox_command",
                    arrival,
                    unreadable.toString());
            return Optional.empty();
        }
    }

    private static KeptPart part(long arrival, Row row) {
        return new KeptPart(arrival, row.getInteger(2), new EventId(row.getString(3)), Optional.empty());
    }

    @Override
    public Future<Void> drop(KeptPart part) {
        return entrance.whenOpen(rooms -> {
            InboxDrop drop = new InboxDrop(part);
            rooms.writer().submit(drop);
            return drop.answer().future().mapEmpty();
        });
    }

    @Override
    public long lastArrival() {
        return entrance.rooms().map(Rooms::lastArrival).orElse(0L);
    }

    /** As fresh as {@link PostgresEventStore#stats}, of all nodes. */
    @Override
    public long size() {
        return entrance.rooms()
                .map(rooms -> rooms.counts().totals().keptParts())
                .orElse(0L);
    }
}
