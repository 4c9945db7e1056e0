package io.cloudland.callback.config;

import io.cloudland.callback.model.Action;
import io.cloudland.callback.model.ResourceType;
import java.util.OptionalInt;

/**
 * {@code [callback.commands.<name>]}: one more command that changes a resource.
 *
 * @param idArg the index in {@code args} of the resource's id, 1 or more
 * @param statusArg the index in {@code args} of the resource's new status, where the command states it
 */
public record CommandConfig(ResourceType resourceType, Action action, int idArg, OptionalInt statusArg) {}
