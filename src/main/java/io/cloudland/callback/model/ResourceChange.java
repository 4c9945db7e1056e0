package io.cloudland.callback.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A change of one resource, enriched, before the store has given it its place in the resource's history.
 *
 * @param command the name of the command that caused it
 * @param occurredAt when the command happened
 * @param tenantId the uuid of the owning organization, where known
 * @param region the configured region, where set
 * @param metadata the type's metadata keys in their order
 */
public record ResourceChange(
        ResourceRef resource,
        String uuid,
        String status,
        Action action,
        String command,
        Instant occurredAt,
        Optional<String> tenantId,
        Optional<String> region,
        Map<String, Object> metadata) {}
