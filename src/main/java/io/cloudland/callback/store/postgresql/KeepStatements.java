package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.store.postgresql.Rows.column;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceChangeEvent;
import io.cloudland.callback.store.KeptCommand;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes what the entries of a transaction added to its {@link View}: a statement per table, for all of them. */
final class KeepStatements {

    private static final String DELIVERIES = """
            insert into delivery (endpoint, slot, position, resource_type, resource_id, event_id, event, content_type, headers,
              body, not_before)
            select endpoint, slot, position, resource_type, resource_id, event_id, event::json, content_type, headers::json,
              body, not_before
            from unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::bytea[], $11::timestamptz[]) as g(endpoint, slot, position, resource_type, resource_id, event_id,
              event, content_type, headers, body, not_before)""";

    private static final String STATES = """
            insert into resource_state (resource_type, resource_id, uuid, status, tenant_id, metadata, sequence)
            select type, id, uuid, status, tenant_id, metadata::json, sequence
            from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])
              as g(type, id, uuid, status, tenant_id, metadata, sequence)
            on conflict (resource_type, resource_id) do update set uuid = excluded.uuid, status = excluded.status,
              tenant_id = excluded.tenant_id, metadata = excluded.metadata, sequence = excluded.sequence""";

    /** What is too old makes place; a key that another node put there meanwhile stays, and makes the insert fail. */
    private static final String OLD_KEYS =
            "delete from command_key k using unnest($1::text[], $2::timestamptz[]) as g(key, upto)"
                    + " where k.key = g.key and k.at <= g.upto";

    private static final String KEYS = """
            insert into command_key (key, at, event_id)
            select * from unnest($1::text[], $2::timestamptz[], $3::text[])""";

    private static final String COMMANDS = """
            insert into inbox_command (node, arrival, command)
            select $1::text, arrival, command::json from unnest($2::bigint[], $3::text[]) as g(arrival, command)""";

    private static final String PARTS = """
            insert into inbox_part (node, arrival, part, event_id)
            select $1::text, arrival, part, event_id
            from unnest($2::bigint[], $3::integer[], $4::text[]) as g(arrival, part, event_id)""";

    private static final String PARTS_GONE = """
            delete from inbox_part p using unnest($2::bigint[], $3::integer[]) as g(arrival, part)
            where p.node = $1 and p.arrival = g.arrival and p.part = g.part""";

    private static final String COMMANDS_GONE = """
            delete from inbox_command c where node = $1 and arrival = any($2::bigint[])
            and not exists (select from inbox_part p where p.node = c.node and p.arrival = c.arrival)""";

    static final String POSITIONS = """
            update slot_order s set last_position = g.position from unnest($1::smallint[], $2::bigint[]) as g(slot, position)
            where s.slot = g.slot""";

    private static final String TALLY =
            "update tally set pending = pending + $1::bigint, kept_parts = kept_parts + $2::bigint where part = $3::int";

    private final Statements statements;
    private final PostgresSettings settings;
    private final View view;

    private KeepStatements(Statements statements, PostgresSettings settings, View view) {
        this.statements = statements;
        this.settings = settings;
        this.view = view;
    }

    /** @param part the writer's row in the tally */
    static void send(Statements statements, PostgresSettings settings, View view, int part) {
        KeepStatements keep = new KeepStatements(statements, settings, view);
        keep.sendEvents();
        keep.sendKeys();
        keep.sendInbox();
        long pending = view.owed().size();
        long parts = view.inbox().growth();
        if (pending != 0 || parts != 0) {
            statements.send(TALLY, Tuple.of(pending, parts, part));
        }
    }

    private void sendEvents() {
        if (!view.newest().isEmpty()) {
            statements.send(STATES, states(view.newest()));
        }
        if (!view.owed().isEmpty()) {
            statements.send(DELIVERIES, deliveries(view.owed()));
            statements.send(POSITIONS, positions(view.lastPositions()));
        }
    }

    private static Tuple states(List<ResourceChangeEvent> events) {
        return Tuple.tuple()
                .addValue(column(
                        events, String[]::new, event -> event.resource().type().wireName()))
                .addValue(column(events, Long[]::new, event -> event.resource().id()))
                .addValue(column(events, String[]::new, event -> event.change().uuid()))
                .addValue(column(events, String[]::new, event -> event.change().status()))
                .addValue(column(
                        events,
                        String[]::new,
                        event -> event.change().tenantId().orElse(null)))
                .addValue(column(
                        events,
                        String[]::new,
                        event -> new JsonObject(event.change().metadata()).encode()))
                .addValue(column(events, Long[]::new, ResourceChangeEvent::sequence));
    }

    private static Tuple deliveries(List<View.Owed> owed) {
        return Tuple.tuple()
                .addValue(column(owed, String[]::new, one -> one.planned().endpoint()))
                .addValue(column(owed, Short[]::new, one ->
                        (short) one.event().resource().slot()))
                .addValue(column(owed, Long[]::new, View.Owed::position))
                .addValue(column(
                        owed,
                        String[]::new,
                        one -> one.event().resource().type().wireName()))
                .addValue(
                        column(owed, Long[]::new, one -> one.event().resource().id()))
                .addValue(column(owed, String[]::new, one -> one.event().id().value()))
                .addValue(column(owed, String[]::new, one -> EventJson.encode(one.event())))
                .addValue(column(
                        owed, String[]::new, one -> one.planned().payload().contentType()))
                .addValue(
                        column(owed, String[]::new, one -> headers(one.planned().payload())))
                .addValue(column(
                        owed,
                        Buffer[]::new,
                        one -> Buffer.buffer(one.planned().payload().body())))
                .addValue(column(
                        owed,
                        OffsetDateTime[]::new,
                        one -> Rows.time(one.event().recordedAt())));
    }

    private static @Nullable String headers(Payload payload) {
        return payload.headers().isEmpty()
                ? null
                : new JsonObject()
                        .mergeIn(JsonObject.mapFrom(payload.headers()))
                        .encode();
    }

    static Tuple positions(SortedMap<Integer, Long> lastPositions) {
        return Tuple.tuple()
                .addValue(
                        lastPositions.keySet().stream().map(Integer::shortValue).toArray(Short[]::new))
                .addValue(lastPositions.values().toArray(Long[]::new));
    }

    private void sendKeys() {
        List<Seen> added = view.seen().added();
        if (!added.isEmpty()) {
            String[] keys = column(added, String[]::new, Seen::key);
            statements.send(
                    OLD_KEYS,
                    Tuple.tuple()
                            .addValue(keys)
                            .addValue(column(
                                    added,
                                    OffsetDateTime[]::new,
                                    seen -> Rows.time(seen.at().minus(settings.dedupWindow())))));
            statements.send(
                    KEYS,
                    Tuple.tuple()
                            .addValue(keys)
                            .addValue(column(added, OffsetDateTime[]::new, seen -> Rows.time(seen.at())))
                            .addValue(column(
                                    added,
                                    String[]::new,
                                    seen -> seen.eventId().map(EventId::value).orElse(null))));
        }
    }

    private void sendInbox() {
        List<KeptCommand> kept = view.inbox().kept();
        if (!kept.isEmpty()) {
            statements.send(COMMANDS, commands(kept));
            statements.send(
                    PARTS,
                    parts(kept.stream()
                            .flatMap(command -> command.parts().stream())
                            .toList()));
        }
        List<InboxView.Place> removed = view.inbox().removed();
        if (!removed.isEmpty()) {
            Long[] arrivals = column(removed, Long[]::new, InboxView.Place::arrival);
            Integer[] parts = column(removed, Integer[]::new, InboxView.Place::index);
            statements.send(
                    PARTS_GONE, Tuple.of(settings.node()).addValue(arrivals).addValue(parts));
            statements.send(COMMANDS_GONE, Tuple.of(settings.node()).addValue(arrivals));
        }
    }

    private Tuple commands(List<KeptCommand> kept) {
        return Tuple.of(settings.node())
                .addValue(column(kept, Long[]::new, KeptCommand::arrival))
                .addValue(column(kept, String[]::new, one -> CommandJson.encode(one.command())));
    }

    private Tuple parts(List<KeptPart> parts) {
        return Tuple.of(settings.node())
                .addValue(column(parts, Long[]::new, KeptPart::arrival))
                .addValue(column(parts, Integer[]::new, KeptPart::index))
                .addValue(column(parts, String[]::new, part -> part.eventId().value()));
    }
}
