package io.cloudland.callback.model;

import java.util.Map;
import java.util.Optional;

/**
 * The last known state of a resource: what its newest event said.
 *
 * @param sequence the sequence number of that event
 */
public record ResourceState(
        ResourceRef resource,
        String uuid,
        String status,
        Optional<String> tenantId,
        Map<String, Object> metadata,
        long sequence) {}
