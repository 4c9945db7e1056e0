package io.cloudland.callback.store.postgresql;

import static io.cloudland.callback.store.postgresql.Rows.column;

import io.cloudland.callback.model.EventId;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.store.KeptPart;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Locks the slots of a transaction's entries, in their order, and asks what the entries need to know. The statements behind the
 * lock see everything that was committed under it before.
 */
final class ViewStatements {

    /** How many positions a transaction draws at once. */
    static final int BLOCK = 1_024;

    static final String LOCK = "select slot from slot_order where slot = any($1::smallint[]) order by slot for update";
    static final String DRAW = "select nextval('position_block')";
    private static final String STATES = """
            select s.resource_type, s.resource_id, s.status, s.sequence
            from unnest($1::text[], $2::bigint[]) as r(type, id)
            join resource_state s on s.resource_type = r.type and s.resource_id = r.id""";
    private static final String KEYS = """
            select k.key, k.at, k.event_id from unnest($1::text[]) as g(key) join command_key k on k.key = g.key""";
    /** Locked: another node may take them over, where it believes that this one is gone. */
    private static final String PARTS =
            "select arrival, part from inbox_part where node = $1 and arrival = any($2::bigint[]) for update";

    private final PostgresSettings settings;
    private final Future<RowSet<Row>> block;
    private final Future<RowSet<Row>> states;
    private final Future<RowSet<Row>> keys;
    private final Future<RowSet<Row>> parts;

    private ViewStatements(
            PostgresSettings settings,
            Future<RowSet<Row>> block,
            Future<RowSet<Row>> states,
            Future<RowSet<Row>> keys,
            Future<RowSet<Row>> parts) {
        this.settings = settings;
        this.block = block;
        this.states = states;
        this.keys = keys;
        this.parts = parts;
    }

    static ViewStatements send(Statements statements, List<Entry<?>> entries, PostgresSettings settings) {
        List<ResourceRef> resources = entries.stream()
                .map(Entry::resource)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        statements.send(LOCK, Tuple.tuple().addValue(slots(resources)));
        return new ViewStatements(
                settings,
                statements.send(DRAW),
                statements.send(STATES, named(resources)),
                statements.send(KEYS, Tuple.tuple().addValue(keys(entries))),
                statements.send(PARTS, Tuple.of(settings.node()).addValue(arrivals(entries))));
    }

    private static Short[] slots(List<ResourceRef> resources) {
        return resources.stream()
                .map(ResourceRef::slot)
                .distinct()
                .map(Integer::shortValue)
                .toArray(Short[]::new);
    }

    private static Tuple named(List<ResourceRef> resources) {
        return Tuple.tuple()
                .addValue(column(
                        resources, String[]::new, resource -> resource.type().wireName()))
                .addValue(column(resources, Long[]::new, ResourceRef::id));
    }

    private static String[] keys(List<Entry<?>> entries) {
        return entries.stream()
                .flatMap(entry -> entry.keys().stream())
                .map(Seen::keyOf)
                .distinct()
                .toArray(String[]::new);
    }

    private static Long[] arrivals(List<Entry<?>> entries) {
        return entries.stream()
                .flatMap(entry -> entry.part().stream())
                .map(KeptPart::arrival)
                .distinct()
                .toArray(Long[]::new);
    }

    /** What they say; to be asked once all is answered. */
    View view(String epoch, Totals totals) {
        return new View(
                epoch,
                settings.queueSize(),
                totals,
                heads(),
                new SeenView(settings.dedupWindow(), seen()),
                new InboxView(places()),
                firstPosition(block.result()));
    }

    static long firstPosition(RowSet<Row> block) {
        return block.iterator().next().getLong(0) * BLOCK;
    }

    private Map<ResourceRef, View.Head> heads() {
        Map<ResourceRef, View.Head> heads = new HashMap<>();
        for (Row row : states.result()) {
            heads.put(
                    EventJson.resource(row.getString(0), row.getLong(1)),
                    new View.Head(row.getString(2), row.getLong(3)));
        }
        return heads;
    }

    private List<Seen> seen() {
        return Rows.list(
                keys.result(),
                row -> new Seen(
                        row.getString(0),
                        row.getOffsetDateTime(1).toInstant(),
                        Optional.ofNullable(row.getString(2)).map(EventId::new)));
    }

    private Set<InboxView.Place> places() {
        return new HashSet<>(Rows.list(parts.result(), row -> new InboxView.Place(row.getLong(0), row.getInteger(1))));
    }
}
