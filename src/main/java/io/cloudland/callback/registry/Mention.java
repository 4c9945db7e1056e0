package io.cloudland.callback.registry;

import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import java.util.Optional;

/**
 * A resource that a command changed, as the command names it.
 *
 * @param status the resource's new status, where the command states it
 * @param onlyIfChanged make an event only where the status differs from the last one known
 */
public record Mention(ResourceLocator locator, Optional<String> status, boolean onlyIfChanged) {

    /** A resource by its id, with an event for every command. */
    public static Mention of(ResourceRef resource, Optional<String> status) {
        return new Mention(new ResourceLocator.ById(resource), status, false);
    }
}
