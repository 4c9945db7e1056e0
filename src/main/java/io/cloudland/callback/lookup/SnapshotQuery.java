package io.cloudland.callback.lookup;

import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceSnapshot;
import io.cloudland.callback.model.ResourceType;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question to CloudLand's database, which answers with at most one row.
 *
 * <p>Every query selects the same five columns first: id, uuid, status, the tenant's uuid, whether the row is
 * soft-deleted. The metadata follow in the order of the query's keys.
 */
enum SnapshotQuery {
    INSTANCE(ResourceType.INSTANCE.metadataKeys(), """
            select r.id, r.uuid, r.status, o.uuid, r.deleted_at is not null,
              r.hostname, r.hyper, r.zone_id, r.cpu, r.memory, r.disk
            from instances r left join organizations o on o.id = r.owner where r.id = $1"""),

    /** A detached volume has instance 0 or none, and no target; the event says 0 and "" for both. */
    VOLUME(ResourceType.VOLUME.metadataKeys(), """
            select r.id, r.uuid, r.status, o.uuid, r.deleted_at is not null,
              r.name, r.size, coalesce(r.instance_id, 0), coalesce(r.target, ''), r.format, r.path
            from volumes r left join organizations o on o.id = r.owner where r.id = $1"""),

    IMAGE(ResourceType.IMAGE.metadataKeys(), """
            select r.id, r.uuid, r.status, o.uuid, r.deleted_at is not null,
              r.name, r.format, r.os_code, r.size, r.architecture
            from images r left join organizations o on o.id = r.owner where r.id = $1"""),

    INTERFACE(ResourceType.INTERFACE.metadataKeys(), """
            select r.id, r.uuid, case r.hyper when -1 then 'unattached' else 'active' end, o.uuid,
              r.deleted_at is not null, r.name, r.mac_addr, r.instance, r.hyper, r.type
            from interfaces r left join organizations o on o.id = r.owner where r.id = $1"""),

    /** A MAC address is used again: the newest row that lives counts, and without one the newest deleted row. */
    INTERFACE_BY_MAC(ResourceType.INTERFACE.metadataKeys(), """
            select r.id, r.uuid, case r.hyper when -1 then 'unattached' else 'active' end, o.uuid,
              r.deleted_at is not null, r.name, r.mac_addr, r.instance, r.hyper, r.type
            from interfaces r left join organizations o on o.id = r.owner
            where r.instance = $1 and lower(r.mac_addr) = lower($2)
            order by r.deleted_at is null desc, r.deleted_at desc, r.id desc limit 1"""),

    /**
     * A hypervisor's id in commands is its {@code hostid}, and its one lasting name is its host name: the platform gives it
     * no uuid, no tenant and no soft deletion. Its status is the platform's number, as text.
     */
    HYPER(List.of("hostname", "host_ip", "zone_id"), """
            select r.hostid, r.hostname, r.status::text, null::text, false, r.hostname, r.host_ip, r.zone_id
            from hypers r where r.hostid = $1::bigint""");

    private static final int FIRST_METADATA_COLUMN = 5;

    @SuppressWarnings("ImmutableEnumChecker") // Made with List.of.
    private final List<String> metadataKeys;

    private final String sql;

    SnapshotQuery(List<String> metadataKeys, String sql) {
        this.metadataKeys = metadataKeys;
        this.sql = sql;
    }

    /** The query that finds what {@code locator} points at; empty for a type that has no table here. */
    static Optional<SnapshotQuery> of(ResourceLocator locator) {
        if (locator instanceof ResourceLocator.InterfaceByMac) {
            return Optional.of(INTERFACE_BY_MAC);
        }
        return switch (locator.type()) {
            case INSTANCE -> Optional.of(INSTANCE);
            case VOLUME -> Optional.of(VOLUME);
            case IMAGE -> Optional.of(IMAGE);
            case INTERFACE -> Optional.of(INTERFACE);
            case HYPER -> Optional.of(HYPER);
            case FLOATING_IP, ROUTER, SUBNET, SECURITY_GROUP -> Optional.empty();
        };
    }

    static Tuple arguments(ResourceLocator locator) {
        return locator instanceof ResourceLocator.InterfaceByMac byMac
                ? Tuple.of(byMac.instanceId(), byMac.macAddress())
                : Tuple.of(((ResourceLocator.ById) locator).resource().id());
    }

    String sql() {
        return sql;
    }

    /** The row as a snapshot; empty where the row has no uuid, because no event could name the resource then. */
    Optional<ResourceSnapshot> read(Row row, ResourceType type) {
        String uuid = row.getString(1);
        if (uuid == null || uuid.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new ResourceSnapshot(
                new ResourceRef(type, row.getLong(0)),
                uuid,
                text(row, 2),
                text(row, 3),
                row.getBoolean(4),
                metadata(row)));
    }

    private static Optional<String> text(Row row, int column) {
        return Optional.ofNullable(row.getString(column)).filter(text -> !text.isBlank());
    }

    private Map<String, Object> metadata(Row row) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        int column = FIRST_METADATA_COLUMN;
        for (String key : metadataKeys) {
            Object value = row.getValue(column++);
            if (value != null) {
                metadata.put(key, value);
            }
        }
        return Collections.unmodifiableMap(metadata);
    }
}
