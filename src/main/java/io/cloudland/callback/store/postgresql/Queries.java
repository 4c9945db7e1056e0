package io.cloudland.callback.store.postgresql;

import io.cloudland.callback.model.Delivery;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceState;
import io.cloudland.callback.store.EventStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What workers and the registry ask. */
final class Queries {

    /** A page ends with the delivery whose body fills it; the bodies behind it do not leave the server. */
    private static final String PAGE = "select " + Rows.DELIVERY_COLUMNS
            + " from (select *, sum(octet_length(body)) over (order by position) - octet_length(body) as before"
            + " from (select * from delivery where %s order by position limit %s) as first) as page where before < "
            + EventStore.PAGE_BYTES + " order by position";

    private static final String PENDING = String.format(
            Locale.ROOT, PAGE, "endpoint = $1 and slot = $2::int and position > $3::bigint", "$4::bigint");

    private static final String PENDING_OF = String.format(
            Locale.ROOT,
            PAGE,
            "endpoint = $1 and resource_type = $2 and resource_id = $3::bigint and position > $4::bigint and position <= $5::bigint",
            "$6::bigint");

    private static final String STATE = "select uuid, status, tenant_id, metadata, sequence from resource_state"
            + " where resource_type = $1 and resource_id = $2::bigint";

    private Queries() {}

    static Future<List<Delivery>> pending(Reads reads, String endpoint, int slot, long after, int limit) {
        return reads.patiently(
                "slot " + slot + " of endpoint " + endpoint,
                PENDING,
                Tuple.of(endpoint, slot, after, (long) limit),
                Rows::delivery);
    }

    static Future<List<Delivery>> pendingOf(
            Reads reads, String endpoint, ResourceRef resource, long after, long upTo, int limit) {
        return reads.patiently(
                resource + " of endpoint " + endpoint,
                PENDING_OF,
                Tuple.of(endpoint, resource.type().wireName(), resource.id(), after, upTo, (long) limit),
                Rows::delivery);
    }

    static Future<Optional<ResourceState>> lastState(Reads reads, ResourceRef resource, Duration wait) {
        return reads.patientlyFor(
                        wait,
                        "the last state of " + resource,
                        STATE,
                        Tuple.of(resource.type().wireName(), resource.id()),
                        row -> Rows.state(resource, row))
                .map(found -> found.stream().findFirst());
    }
}
