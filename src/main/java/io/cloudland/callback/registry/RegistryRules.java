package io.cloudland.callback.registry;

import io.cloudland.callback.store.DeliveryPlanner;
import java.util.Optional;

/**
 * What the registry works by, all of which may be replaced while it runs.
 *
 * @param planner decides which endpoints are owed an event
 * @param region named in events where set
 */
public record RegistryRules(CommandRegistry commands, DeliveryPlanner planner, Optional<String> region) {}
