package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Coalesced;
import io.cloudland.callback.model.DeadLetter;
import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.DeliveryState;
import io.cloudland.callback.model.LoggedAttempt;
import io.cloudland.callback.model.Payload;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.model.Tries;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What rows of the database say, and values as its columns want them. */
final class Rows {

    /** The columns that {@link #delivery} reads, in any order. */
    static final String DELIVERY_COLUMNS =
            "endpoint, slot, position, event, content_type, headers, body, attempts, not_before, tried_at, last_attempt,"
                    + " coalesced, coalesced_from";

    /** The columns that {@link #letter} reads. */
    static final String LETTER_COLUMNS = DELIVERY_COLUMNS.replace("not_before", "died_at as not_before") + ", reason";

    private Rows() {}

    static Delivery delivery(Row row) {
        return new Delivery(
                row.getLong("position"),
                EventJson.decode(row.getJsonObject("event")),
                row.getString("endpoint"),
                payload(row),
                row.getInteger("attempts"),
                row.getOffsetDateTime("not_before").toInstant(),
                new Tries(
                        triedAt(row),
                        Optional.ofNullable(row.getJsonObject("last_attempt")).map(AttemptJson::decode)),
                coalesced(row));
    }

    private static Coalesced coalesced(Row row) {
        return new Coalesced(row.getLong("coalesced"), row.getLong("coalesced_from"));
    }

    private static Payload payload(Row row) {
        return new Payload(
                row.getString("content_type"), row.getBuffer("body").getBytes(), headers(row.getJsonObject("headers")));
    }

    private static Map<String, String> headers(@Nullable JsonObject json) {
        return json == null
                ? Map.of()
                : json.stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> String.valueOf(entry.getValue()),
                                (one, other) -> one,
                                java.util.LinkedHashMap::new));
    }

    private static List<Instant> triedAt(Row row) {
        return Stream.of(row.getArrayOfOffsetDateTimes("tried_at"))
                .map(OffsetDateTime::toInstant)
                .toList();
    }

    /** The delivery in it is due when it died. */
    static DeadLetter letter(Row row) {
        Delivery ended = delivery(row);
        return new DeadLetter(
                ended,
                AttemptJson.decode(row.getJsonObject("last_attempt")),
                row.getString("reason"),
                ended.notBefore(),
                ended.tries().startedAt());
    }

    static LoggedAttempt logged(Row row) {
        return new LoggedAttempt(
                row.getString("event_id"),
                row.getString("endpoint"),
                EventJson.resource(row.getString("resource_type"), row.getLong("resource_id")),
                row.getLong("sequence"),
                AttemptJson.decode(row.getJsonObject("attempt")),
                DeliveryState.valueOf(row.getString("became")));
    }

    static ResourceState state(ResourceRef resource, Row row) {
        return new ResourceState(
                resource,
                row.getString("uuid"),
                row.getString("status"),
                Optional.ofNullable(row.getString("tenant_id")),
                EventJson.map(row.getJsonObject("metadata")),
                row.getLong("sequence"));
    }

    /** An instant for a column of type {@code timestamptz}. */
    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** One value of each, for a parameter of an array type. */
    static <T, V> V[] column(List<T> from, IntFunction<V[]> array, Function<T, V> value) {
        return from.stream().map(value).toArray(array);
    }

    static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    /** PostgreSQL has no place for the character 0 in a text. */
    static String text(String given) {
        return given.indexOf('\0') < 0 ? given : given.replace('\0', '\uFFFD');
    }
}
