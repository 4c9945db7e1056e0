package io.cloudland.callback.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a lookup knows of a resource at one moment.
 *
 * @param status the resource's status, empty where the source does not tell
 * @param tenantId the uuid of the owning organization, empty where the source does not tell
 * @param deleted whether the row is soft-deleted
 * @param metadata the type's metadata keys in their order; values are strings, numbers, booleans or null
 */
public record ResourceSnapshot(
        ResourceRef resource,
        String uuid,
        Optional<String> status,
        Optional<String> tenantId,
        boolean deleted,
        Map<String, Object> metadata) {}
